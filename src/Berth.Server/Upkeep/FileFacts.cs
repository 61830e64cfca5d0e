using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Berth.Server.Upkeep;

/// <summary>What the file system says of a file beyond what the base class library tells: which one it is, and when its entry changed.</summary>
/// <param name="Inode">The file behind the name: another one after a rename replaced it.</param>
/// <param name="Changed">The later of the times of its last write and of the last change to its entry, such as a rename.</param>
internal readonly partial record struct FileFacts(ulong Inode, long Size, DateTimeOffset Changed)
{
    private const int WorkingDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int Missing = 2; // ENOENT

    /// <summary>Null when there is none.</summary>
    public static FileFacts? Find(string path)
    {
        // struct statx, the same on every architecture: inode at 32, size at 40, ctime at 96, mtime at 112.
        var buffer = new byte[256];
        if (StatFile(WorkingDirectory, path, NoFollow, BasicStats, buffer) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Missing ? null : throw new IOException($"Could not look at '{path}': {new Win32Exception(error).Message}", error);
        }

        var changed = Math.Max(Number(buffer, 96), Number(buffer, 112));
        return new FileFacts((ulong)Number(buffer, 32), Number(buffer, 40), DateTimeOffset.FromUnixTimeSeconds(changed));
    }

    private static long Number(byte[] buffer, int offset) => BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(offset))
        : BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(offset));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatFile(int directory, string path, int flags, uint mask, [Out] byte[] buffer);
}
