namespace Berth.Packaging.Preload;

/// <summary>Follows a preload.</summary>
public interface IPreloadObserver
{
    /// <summary>One line about what has been done or was found.</summary>
    void Note(string line);

    /// <summary>How far the pull is, in bytes.</summary>
    void Pulling(long received, long expected);
}
