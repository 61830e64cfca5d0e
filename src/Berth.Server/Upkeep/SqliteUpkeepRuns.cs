using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Upkeep;

/// <summary>Reads and writes the table <c>upkeep</c>.</summary>
internal static class SqliteUpkeepRuns
{
    public static UpkeepRun? Find(SqliteSession session, string kind) => session.FirstOrDefault(
        "SELECT started, beat, finished, problem, position, report FROM upkeep WHERE kind = ?1",
        row => new UpkeepRun(
            Time(row, 0)!.Value, Time(row, 1)!.Value, Time(row, 2), Text(row, 3), Text(row, 4), Text(row, 5)),
        kind);

    /// <summary>Writes the row of a run that begins, or goes on.</summary>
    public static void Begin(SqliteSession session, string kind, DateTimeOffset started, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO upkeep (kind, started, beat) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET started = excluded.started, beat = excluded.beat, finished = NULL, problem = NULL
        """,
        kind, started.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());

    public static void Save(SqliteSession session, string kind, string? position, string report, DateTimeOffset now) => session.Execute(
        "UPDATE upkeep SET beat = ?2, position = ?3, report = ?4 WHERE kind = ?1", kind, now.ToUnixTimeMilliseconds(), position, report);

    public static void End(SqliteSession session, string kind, string? problem, DateTimeOffset now) => session.Execute(
        "UPDATE upkeep SET beat = ?2, finished = ?2, problem = ?3 WHERE kind = ?1", kind, now.ToUnixTimeMilliseconds(), problem);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
