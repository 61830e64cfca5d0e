using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Berth.Server.Doctor;

/// <summary>How much room a file system has for who asks.</summary>
/// <param name="Files">Zero when the file system knows no limit.</param>
internal readonly partial record struct FileSystemRoom(long Bytes, long FreeBytes, long Files, long FreeFiles)
{
    public static FileSystemRoom Of(string path)
    {
        // struct statvfs of 64-bit Linux: fragment size at 8, blocks 16, available 32, files 40, free for users 56.
        var buffer = new byte[256];
        if (StatFileSystem(path, buffer) != 0)
            throw new IOException($"'{path}' has no file system to look at: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        var numbers = MemoryMarshal.Cast<byte, long>(buffer);
        return new FileSystemRoom(numbers[1] * numbers[2], numbers[1] * numbers[4], numbers[5], numbers[7]);
    }

    [LibraryImport("libc", EntryPoint = "statvfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatFileSystem(string path, [Out] byte[] buffer);
}
