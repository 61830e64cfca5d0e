using Berth.Server.Storage;

namespace Berth.Server.Doctor;

/// <summary>Whether the database can be relied on, and is one that this version knows.</summary>
internal sealed class DatabaseCheck : IDatabaseCheck
{
    private const string Name = "database";
    private const string Restore = "stop the server and restore the last backup with 'berth restore'";

    public static Finding Unreadable(string problem) => new(FindingLevel.Fail, Name, $"it cannot be read: {problem.ReplaceLineEndings(" ")}", Restore);

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database)
    {
        var problems = database.List("PRAGMA quick_check(10)", row => row.GetString(0));
        yield return problems is ["ok"]
            ? new Finding(FindingLevel.Ok, Name, "is whole")
            : new Finding(FindingLevel.Fail, Name, $"is damaged: {problems[0].ReplaceLineEndings(" ")}", Restore);
        var (version, newest) = (database.FindNumber("PRAGMA user_version") ?? 0, SqliteMigrations.Newest);
        if (version < newest)
            yield return new Finding(FindingLevel.Warn, "schema", $"is {version}, this version knows {newest}", "start 'berth serve' of this version once");
        else if (version > newest)
            yield return new Finding(FindingLevel.Fail, "schema", $"is {version}, this version knows {newest} at most", "use the version of berth that wrote it, or a newer one");
        else
            yield return new Finding(FindingLevel.Ok, "schema", $"is {version}, the newest");
    }
}
