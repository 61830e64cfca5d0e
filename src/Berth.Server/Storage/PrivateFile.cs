namespace Berth.Server.Storage;

/// <summary>How files of the data directory are opened: unbuffered, and for their owner alone.</summary>
internal static class PrivateFile
{
    private const int WouldBlock = 11; // EWOULDBLOCK, from flock(2)

    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share) => new()
    {
        Mode = mode,
        Access = access,
        Share = share,
        BufferSize = 0,
        UnixCreateMode = mode is FileMode.Open ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    /// <summary>Creates a directory, and those above it, that only its owner may enter, unless it is there.</summary>
    public static void CreateDirectory(string path)
    {
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Whether opening failed because someone else holds the file with <see cref="FileShare.None"/>.</summary>
    public static bool IsInUse(IOException exception) => exception.HResult == WouldBlock;
}
