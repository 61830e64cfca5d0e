using Berth.Server.Storage;

namespace Berth.Server.Doctor;

/// <summary>Whether there is a copy to go back to.</summary>
internal sealed class BackupCheck : IDatabaseCheck
{
    private const string Name = "backup";
    private const string Fix = "run 'berth backup DIRECTORY', and let a timer do so from now on";

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database) =>
        [Judge(SqliteUpkeepStore.Find(database, SqliteUpkeepStore.Backup), scene.Options.BackupOverdue, scene.Time.GetUtcNow())];

    internal static Finding Judge(UpkeepRun? run, TimeSpan overdue, DateTimeOffset now) => run switch
    {
        null => new Finding(FindingLevel.Warn, Name, "was never made", Fix),
        { Problem: { } problem } => new Finding(
            FindingLevel.Fail, Name, $"failed {Amount.Of(now - (run.Finished ?? run.Beat))} ago: {problem.ReplaceLineEndings(" ")}", "mend that and run 'berth backup' again"),
        { Finished: null } when now - run.Beat > SqliteMetadataStore.BackupSilence => new Finding(
            FindingLevel.Fail, Name, $"was broken off {Amount.Of(now - run.Beat)} ago", "run 'berth backup' again"),
        { Finished: null } => new Finding(FindingLevel.Ok, Name, $"is under way since {Amount.Of(now - run.Started)}"),
        { Finished: { } finished } when now - finished > overdue => new Finding(
            FindingLevel.Fail, Name, $"is {Amount.Of(now - finished)} old, more than {Amount.Of(overdue)}", Fix),
        _ => new Finding(FindingLevel.Ok, Name, $"was made {Amount.Of(now - run.Finished.Value)} ago"),
    };
}
