using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>Whose something is that is there for the time of a pull only, so that what a killed run left is known and removed.</summary>
internal static class RunMark
{
    public static string Own => ProcessMark.Own ?? "unknown";

    public static bool IsLeftover(string mark) =>
        // Whoever made it before this machine was started does not run any more.
        ProcessMark.Own is { } own && (mark.Split('/')[0] != own.Split('/')[0] || ProcessMark.IsOfDeadProcess(mark));
}
