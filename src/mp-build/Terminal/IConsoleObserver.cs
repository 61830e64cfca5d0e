using Berth.Packaging.Build;

namespace Berth.MpBuild.Terminal;

/// <summary>What a person, or a log of a build server, gets to read.</summary>
internal interface IConsoleObserver : IPackObserver
{
    /// <summary>The table of stages.</summary>
    void Summarize();

    /// <summary>A line that says why there is no pak.</summary>
    void Problem(string text);
}
