using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Storage;

/// <summary>The three system calls that decide whether a write survives a power cut. Every error is thrown.</summary>
/// <remarks>
/// The base class library does not open directories, turns a rename across file systems into a copy, and overlooks some errors of
/// fsync; none of that is acceptable where an answer promises that content is durable.
/// </remarks>
internal static partial class DurableFiles
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC; O_DIRECTORY has another value on every architecture
    private const int Missing = 2; // ENOENT
    private const int Interrupted = 4; // EINTR

    /// <summary>Waits until the file's bytes and length are on the disk.</summary>
    public static void Sync(SafeFileHandle file, string path)
    {
        while (SyncFile(file) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure("sync", path);
        }
    }

    /// <summary>Waits until the directory's entries are on the disk: what was made in it or renamed into it is found again.</summary>
    public static void SyncDirectory(string path)
    {
        using var directory = OpenFile(path, ReadOnlyCloseOnExec);
        if (directory.IsInvalid)
            throw Failure("open", path);
        Sync(directory, path);
    }

    /// <summary>Renames a file within one file system and replaces what has the new name, in one step.</summary>
    public static void Rename(string from, string to)
    {
        if (RenameFile(from, to) != 0)
            throw Failure("rename", from);
    }

    /// <summary>Renames a file like <see cref="Rename"/>; false when there is none.</summary>
    public static bool TryRename(string from, string to)
    {
        if (RenameFile(from, to) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == Missing ? false : throw Failure("rename", from);
    }

    /// <summary>Creates a directory, and those above it, that only its owner may enter, and makes it durable.</summary>
    /// <remarks>Also syncs the parent of a directory that was there: who created it may have ended before doing so.</remarks>
    public static void CreateDirectory(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return;
        if (!Directory.Exists(parent))
            CreateDirectory(parent);
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        SyncDirectory(parent);
    }

    /// <summary>Its <see cref="Exception.HResult"/> is the error number, as in the base class library's own on Unix.</summary>
    private static IOException Failure(string operation, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"Could not {operation} '{path}': {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);
}
