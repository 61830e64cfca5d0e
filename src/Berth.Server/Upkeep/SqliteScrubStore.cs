using System.Globalization;
using System.Text.Json;
using Berth.Oci;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;

namespace Berth.Server.Upkeep;

/// <summary>The columns <c>verified</c> and <c>damaged</c> of blobs, and the row of the pass.</summary>
internal sealed class SqliteScrubStore(SqliteDatabase database, SqliteUpkeepStore runs) : IScrubStore
{
    /// <summary>How many repositories a peer is asked for the content of.</summary>
    private const int MostRepositories = 16;

    public ValueTask<IReadOnlyList<KnownBlob>> ListBlobsAsync(long after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KnownBlob>>(database.Read(session => session.List(
            "SELECT id, digest, size, damaged IS NOT NULL FROM blob WHERE id > ?1 AND trashed IS NULL ORDER BY id LIMIT ?2",
            row => new KnownBlob(row.GetInt64(0), Digest.Parse(row.GetString(1)), row.GetInt64(2), row.GetBoolean(3)),
            after, (long)limit)));

    public KnownBlob? Find(Digest digest) => database.Read(session => session.FirstOrDefault(
        "SELECT id, size, damaged IS NOT NULL FROM blob WHERE digest = ?1 AND trashed IS NULL",
        row => new KnownBlob(row.GetInt64(0), digest, row.GetInt64(1), row.GetBoolean(2)),
        digest.ToString()));

    public async ValueTask BeginAsync(DateTimeOffset started, ScrubProgress progress, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                session.Execute(
                    """
                    INSERT INTO upkeep (kind, started, beat) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET started = excluded.started, beat = excluded.beat, finished = NULL, problem = NULL
                    """,
                    SqliteUpkeepStore.Scrub, started.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
                Save(session, progress, now);
                return true;
            },
            cancellationToken);

    public ValueTask EndAsync(ScrubProgress progress, string? problem, DateTimeOffset now, CancellationToken cancellationToken) =>
        runs.EndAsync(SqliteUpkeepStore.Scrub, problem, JsonSerializer.Serialize(progress.Report, UpkeepJson.Default.ScrubReport), now, cancellationToken);

    public async ValueTask SaveAsync(ScrubProgress progress, IReadOnlyList<long> sound, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                foreach (var id in sound)
                    session.Execute("UPDATE blob SET verified = ?2 WHERE id = ?1", id, now.ToUnixTimeMilliseconds());
                Save(session, progress, now);
                return true;
            },
            cancellationToken);

    public ValueTask<bool> MarkDamagedAsync(Digest digest, DateTimeOffset now, Func<bool> isStill, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => isStill() && session.Execute(
                "UPDATE blob SET damaged = ifnull(damaged, ?2) WHERE digest = ?1 AND trashed IS NULL",
                digest.ToString(), now.ToUnixTimeMilliseconds()) > 0,
            cancellationToken);

    public ValueTask<bool> MarkSoundAsync(Digest digest, DateTimeOffset now, Func<bool> isThere, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => isThere() && session.Execute(
                "UPDATE blob SET damaged = NULL, verified = ?2 WHERE digest = ?1 AND trashed IS NULL",
                digest.ToString(), now.ToUnixTimeMilliseconds()) > 0,
            cancellationToken);

    public ValueTask<IReadOnlyDictionary<Digest, BlobState>> FindStatesAsync(IReadOnlyList<Digest> digests, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyDictionary<Digest, BlobState>>(
            database.Read(session => digests.ToDictionary(digest => digest, digest => StateOf(session, digest))));

    public ValueTask<IReadOnlyList<Digest>> WhileAsync(
        IReadOnlyList<Digest> digests, Func<Digest, BlobState, bool> act, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Digest>>(
            session => [.. digests.Where(digest => act(digest, StateOf(session, digest)))], cancellationToken);

    public ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesAsync(Digest digest, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RepositoryName>>(database.Read(session => session.List(
            """
            SELECT repository.name FROM blob
            JOIN repository_blob ON repository_blob.blob_id = blob.id
            JOIN repository ON repository.id = repository_blob.repository_id
            WHERE blob.digest = ?1 ORDER BY repository.name LIMIT ?2
            """,
            row => RepositoryName.Parse(row.GetString(0)),
            digest.ToString(), (long)MostRepositories)));

    public ValueTask<bool> IsBackupRunningAsync(DateTimeOffset now, CancellationToken cancellationToken) => ValueTask.FromResult(
        runs.Find(SqliteUpkeepStore.Backup) is { Finished: null } backup && backup.Beat > now - SqliteMetadataStore.BackupSilence);

    private static void Save(SqliteSession session, ScrubProgress progress, DateTimeOffset now) => session.Execute(
        "UPDATE upkeep SET beat = ?2, position = ?3, report = ?4 WHERE kind = ?1",
        SqliteUpkeepStore.Scrub,
        now.ToUnixTimeMilliseconds(),
        progress.Position.ToString(CultureInfo.InvariantCulture),
        JsonSerializer.Serialize(progress.Report, UpkeepJson.Default.ScrubReport));

    private static BlobState StateOf(SqliteSession session, Digest digest) => session.FindNumber(
        "SELECT CASE WHEN trashed IS NOT NULL THEN 3 WHEN damaged IS NOT NULL THEN 2 ELSE 1 END FROM blob WHERE digest = ?1",
        digest.ToString()) switch
    {
        null => BlobState.Unknown,
        1 => BlobState.Live,
        2 => BlobState.Damaged,
        _ => BlobState.Trashed,
    };
}
