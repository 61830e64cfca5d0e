using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Backup;

/// <summary>Copies and links that move no bytes, where the file system can.</summary>
internal static partial class FileClone
{
    private const nuint CloneRequest = 0x40049409; // FICLONE: _IOW(0x94, 9, int)

    private static volatile bool _refused;

    /// <summary>Lets the new file share the other one's blocks until one of them is written to (btrfs, XFS and others).</summary>
    /// <returns>False when that is not possible; the file is as it was.</returns>
    public static bool TryMake(SafeFileHandle from, SafeFileHandle to)
    {
        if (_refused)
            return false;
        if (Control(to, CloneRequest, (int)from.DangerousGetHandle()) == 0)
            return true;
        _refused = true; // by one file is by all: source and target stay the same two file systems
        return false;
    }

    /// <summary>Another name for the same file; false when it would be on another file system, or that has no such thing.</summary>
    public static bool TryLink(string from, string to) => Link(from, to) == 0;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, int argument);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
