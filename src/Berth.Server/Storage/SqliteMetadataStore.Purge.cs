using System.Globalization;
using Berth.Oci;
using Berth.Registry.Collection;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>The end of the trash.</summary>
internal sealed partial class SqliteMetadataStore
{
    /// <summary>How old the last sign of life of a backup may be for it to be running.</summary>
    internal static readonly TimeSpan BackupSilence = TimeSpan.FromMinutes(10);

    public ValueTask<CollectionPage> FindExpiredTrashAsync(string? after, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var first = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        return ValueTask.FromResult(database.Read(session =>
        {
            var found = session.List(
                """
                SELECT id, kind, repository, digest, tag, size FROM removal
                WHERE restored IS NULL AND purged IS NULL AND at <= ?1 AND id > ?2 ORDER BY id LIMIT ?3
                """,
                ReadTrash,
                oldest.ToUnixTimeMilliseconds(), first, (long)Window);
            return found.Count == 0
                ? CollectionPage.Empty
                : new CollectionPage(found, found[^1].Journal!.Value.ToString(CultureInfo.InvariantCulture));
        }));
    }

    public ValueTask<IReadOnlyList<Removal>> PurgeAsync(
        IReadOnlyList<Removal> expired, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Removal>>(
            session => [.. expired.Where(removal => Purge(session, removal, now))], cancellationToken);

    public ValueTask<bool> IsBackupRunningAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session => session.Exists(
            "SELECT 1 FROM upkeep WHERE kind = 'backup' AND finished IS NULL AND beat > ?1",
            (now - BackupSilence).ToUnixTimeMilliseconds())));

    private static bool Purge(SqliteSession session, Removal removal, DateTimeOffset now)
    {
        var ended = session.Execute(
            "UPDATE removal SET purged = ?2 WHERE id = ?1 AND restored IS NULL AND purged IS NULL", removal.Journal, now.ToUnixTimeMilliseconds()) > 0;
        if (!ended)
            return false;
        session.Execute("DELETE FROM trashed_manifest WHERE removal_id = ?1", removal.Journal);
        if (removal.Kind is RemovalKind.Blob)
            session.Execute("DELETE FROM blob WHERE digest = ?1 AND trashed IS NOT NULL", removal.Digest.ToString());
        return true;
    }

    private static Removal ReadTrash(SqliteDataReader row) => new(
        Kind(row.GetString(1)),
        row.IsDBNull(2) ? null : RepositoryName.Parse(row.GetString(2)),
        row.IsDBNull(3) ? null : Digest.Parse(row.GetString(3)),
        row.IsDBNull(4) ? null : Tag.Parse(row.GetString(4)),
        row.GetInt64(5),
        "in the trash for long enough")
    {
        Journal = row.GetInt64(0),
    };

    internal static RemovalKind Kind(string text) => text switch
    {
        "tag" => RemovalKind.Tag,
        "manifest" => RemovalKind.Manifest,
        "repository" => RemovalKind.Repository,
        _ => RemovalKind.Blob,
    };
}
