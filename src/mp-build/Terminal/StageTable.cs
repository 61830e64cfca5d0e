using System.Globalization;
using Berth.Packaging.Build;

namespace Berth.MpBuild.Terminal;

/// <summary>The stages that a build has been through, with their times.</summary>
internal sealed class StageTable
{
    private readonly List<(PackStage Stage, bool Succeeded, TimeSpan Elapsed)> _stages = [];

    public bool IsEmpty => _stages.Count == 0;

    public TimeSpan Total => TimeSpan.FromTicks(_stages.Sum(stage => stage.Elapsed.Ticks));

    /// <summary>Name, outcome and seconds of each.</summary>
    public IEnumerable<(string Name, bool Succeeded, string Seconds)> Rows =>
        _stages.Select(stage => (stage.Stage.Name(), stage.Succeeded, Seconds(stage.Elapsed)));

    public static string Outcome(bool succeeded) => succeeded ? "ok" : "failed";

    public static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds.ToString("0.00 s", CultureInfo.InvariantCulture);

    public void Add(PackStage stage, bool succeeded, TimeSpan elapsed) => _stages.Add((stage, succeeded, elapsed));
}
