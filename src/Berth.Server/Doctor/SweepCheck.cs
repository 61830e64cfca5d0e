using Berth.Server.Storage;

namespace Berth.Server.Doctor;

/// <summary>Whether collection and scrub run as often as they should, and end well.</summary>
internal sealed class SweepCheck : IDatabaseCheck
{
    /// <summary>A run that says nothing for this long was killed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database)
    {
        var now = scene.Time.GetUtcNow();
        var begun = DateTimeOffset.FromUnixTimeMilliseconds(database.FindNumber("SELECT min(created) FROM repository") ?? now.ToUnixTimeMilliseconds());
        yield return Judge("collection", "berth gc", scene.Options.Collection.Interval, SqliteUpkeepStore.Find(database, SqliteUpkeepStore.Collection), begun, now);
        yield return Judge("scrub", "berth scrub", scene.Options.Scrub.Interval, SqliteUpkeepStore.Find(database, SqliteUpkeepStore.Scrub), begun, now);
    }

    /// <param name="interval">Zero when the server is not to make any.</param>
    /// <param name="begun">When the registry was first used.</param>
    internal static Finding Judge(string name, string command, TimeSpan interval, UpkeepRun? run, DateTimeOffset begun, DateTimeOffset now)
    {
        var fix = $"see that the server runs, or run '{command}'";
        var last = run?.Finished ?? run?.Beat ?? begun;
        var isLate = interval > TimeSpan.Zero && now - last > interval * 2 && now - last > Silence;
        return run switch
        {
            { Problem: { } problem } => new Finding(
                FindingLevel.Fail, name, $"failed {Amount.Of(now - last)} ago: {problem.ReplaceLineEndings(" ")}", $"mend that and run '{command}'"),
            { Finished: null } when now - run.Beat > Silence => new Finding(
                FindingLevel.Warn, name, $"was broken off {Amount.Of(now - run.Beat)} ago and did not go on", fix),
            { Finished: null } => new Finding(FindingLevel.Ok, name, $"is under way since {Amount.Of(now - run.Started)}"),
            _ when isLate => new Finding(
                FindingLevel.Warn, name, run is null ? "was never made" : $"ended {Amount.Of(now - last)} ago, and is due every {Amount.Of(interval)}", fix),
            null => new Finding(FindingLevel.Ok, name, interval == TimeSpan.Zero ? "is switched off" : "is not due yet"),
            _ => new Finding(FindingLevel.Ok, name, $"ended well {Amount.Of(now - last)} ago"),
        };
    }
}
