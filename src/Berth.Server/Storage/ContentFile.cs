using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Storage;

/// <summary>Opens content for reading in a way that leaves no trace.</summary>
internal static partial class ContentFile
{
    private const int SetFlags = 4; // F_SETFL
    private const int NoAccessTime = 0x40000; // O_NOATIME, which opening with the base class library cannot ask for

    /// <remarks>
    /// Reading marks a file with the time, once a day or after each change, and to write that down the reader waits for the file system's journal:
    /// for as long as it takes to free what a collection threw away. Only the owner may read without; for others the mark stays.
    /// </remarks>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        // Neither healing nor collection ever waits for a reader: they rename and unlink, and no one opens content to write to it.
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        _ = Control(file, SetFlags, NoAccessTime);
        return file;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeFileHandle file, int command, int flags);
}
