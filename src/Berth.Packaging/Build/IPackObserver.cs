namespace Berth.Packaging.Build;

/// <summary>Hears of a build while it runs.</summary>
public interface IPackObserver
{
    /// <param name="detail">One line; empty when the stage failed, since the exception says why.</param>
    void Ended(PackStage stage, bool succeeded, TimeSpan elapsed, string detail);

    /// <summary>Something that is no failure, and that the person should know.</summary>
    void Note(string text);

    /// <summary>A line that the image's build printed.</summary>
    void Output(string line);
}
