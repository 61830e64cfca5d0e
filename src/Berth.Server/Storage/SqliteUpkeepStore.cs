using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>When the store was last looked after, and how that ended. One row for each kind of work.</summary>
internal sealed class SqliteUpkeepStore(SqliteDatabase database)
{
    public const string Collection = "collection";
    public const string Scrub = "scrub";
    public const string Backup = "backup";

    /// <summary>A run begins; what is known of the one before is forgotten, but for where it was broken off.</summary>
    public async ValueTask BeginAsync(string kind, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO upkeep (kind, started, beat) VALUES (?1, ?2, ?2)
                ON CONFLICT DO UPDATE SET started = excluded.started, beat = excluded.beat, finished = NULL, problem = NULL
                """,
                kind,
                now.ToUnixTimeMilliseconds()),
            cancellationToken);

    /// <summary>The run is still under way.</summary>
    /// <param name="position">Where a next one would go on if this one broke off here; null leaves it.</param>
    public async ValueTask BeatAsync(string kind, string? position, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session => session.Execute(
                "UPDATE upkeep SET beat = ?2, position = coalesce(?3, position) WHERE kind = ?1", kind, now.ToUnixTimeMilliseconds(), position),
            cancellationToken);

    /// <param name="problem">Why it failed; null when it did what it is for.</param>
    /// <param name="report">What it did, JSON; null keeps that of the run before.</param>
    public async ValueTask EndAsync(string kind, string? problem, string? report, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session => session.Execute(
                """
                UPDATE upkeep SET beat = ?2, finished = ?2, problem = ?3, report = coalesce(?4, report),
                                  position = CASE WHEN ?3 IS NULL THEN NULL ELSE position END
                WHERE kind = ?1
                """,
                kind,
                now.ToUnixTimeMilliseconds(),
                problem,
                report),
            cancellationToken);

    public UpkeepRun? Find(string kind) => database.Read(session => Find(session, kind));

    public static UpkeepRun? Find(SqliteSession session, string kind) => session.FirstOrDefault(
        "SELECT started, beat, finished, problem, position, report FROM upkeep WHERE kind = ?1", Read, kind);

    private static UpkeepRun Read(SqliteDataReader row) => new(
        Time(row.GetInt64(0)),
        Time(row.GetInt64(1)),
        row.IsDBNull(2) ? null : Time(row.GetInt64(2)),
        Text(row, 3),
        Text(row, 4),
        Text(row, 5));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <param name="Finished">Null while it runs, and when it was killed.</param>
/// <param name="Problem">Null when it ended well.</param>
/// <param name="Position">Where it was broken off; null when it came to its end.</param>
internal sealed record UpkeepRun(DateTimeOffset Started, DateTimeOffset Beat, DateTimeOffset? Finished, string? Problem, string? Position, string? Report);
