namespace Berth.Packaging.Build;

/// <summary>Hears of a build while it runs. Calls come one at a time, but for <see cref="Progress"/>, which may come from anywhere.</summary>
public interface IPackObserver
{
    void Started(PackStage stage);

    /// <param name="detail">One line; empty when the stage failed, since the exception says why.</param>
    void Ended(PackStage stage, bool succeeded, TimeSpan elapsed, string detail);

    /// <summary>Something that is no failure, and that the person should know.</summary>
    void Note(string text);

    /// <summary>A line that the image's build printed.</summary>
    void Output(string line);

    /// <summary>How far one of a stage's parts has come.</summary>
    /// <param name="item">What is moved: a layer.</param>
    /// <param name="done">Bytes so far.</param>
    /// <param name="total">Bytes in all; 0 while that is not known.</param>
    void Progress(string item, long done, long total);
}
