using Berth.Server.Storage;

namespace Berth.Server.Upkeep;

/// <summary>Held by the one process that scrubs a data directory, the server or a command.</summary>
internal static class ScrubLock
{
    /// <summary>Null when somebody else has it.</summary>
    public static IDisposable? TryTake(DataDirectory directory)
    {
        try
        {
            // FileShare.None is flock(2): the kernel gives it back however the process ends.
            return new FileStream(
                Path.Combine(directory.Root, "scrub.lock"), PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (PrivateFile.IsInUse(e))
        {
            return null;
        }
    }
}
