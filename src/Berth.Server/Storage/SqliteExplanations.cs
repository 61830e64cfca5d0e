using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Retention;
using Berth.Server.Explaining;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>Why a digest is here, or where it went. All of it read from one state of the database.</summary>
internal sealed partial class SqliteExplanations(SqliteDatabase database, DataDirectory directory, CollectionOptions options, TimeProvider time)
{
    private readonly BlobLayout _layout = new(directory);

    public DigestFacts Explain(Digest digest) => database.Read(session =>
    {
        var now = time.GetUtcNow();
        var manifests = session.List(
            """
            SELECT manifest.id, manifest.repository_id, repository.name, manifest.media_type, length(manifest.bytes), manifest.created, manifest.subject,
                   used.untagged, used.pulled
            FROM repository JOIN manifest ON manifest.repository_id = repository.id LEFT JOIN manifest_use AS used ON used.manifest_id = manifest.id
            WHERE manifest.digest = ?1 ORDER BY repository.name
            """,
            ReadManifest,
            digest.ToString());
        var blob = FindBlob(session, digest, now);
        return new DigestFacts(
            digest.ToString(),
            manifests.Count > 0 || blob is { Repositories.Length: > 0 },
            [.. manifests.Select(row => Facts(session, row, digest, now))],
            blob,
            new SqliteJournal(database, options.Trash).Of(session, digest));
    });

    private ManifestFacts Facts(SqliteSession session, ManifestRow row, Digest digest, DateTimeOffset now)
    {
        var tags = SqliteRetentionStore.TagsOf(session, row.Id, now).ToArray();
        var parents = Digests(
            session, "SELECT digest FROM manifest JOIN manifest_child ON parent_id = manifest.id WHERE child_id = ?1 LIMIT ?2", row.Id);
        var subjectIsThere = row.Subject is { } subject && SqliteMetadataStore.FindManifest(session, row.Repository, Digest.Parse(subject)) is not null;
        DateTimeOffset? untagged = tags.Length == 0 && parents.Length == 0 && !subjectIsThere ? row.Untagged ?? row.Created : null;
        var pins = session.List(
            "SELECT name, ends FROM pin WHERE repository_id = ?1 AND digest = ?2 ORDER BY name",
            pin => new PinFacts(pin.GetString(0), SqliteJournal.Time(pin, 1), SqliteJournal.Time(pin, 1) <= now),
            row.Repository, digest.ToString());
        var packs = Digests(
            session,
            "SELECT digest FROM manifest WHERE repository_id = ?1 AND subject = ?3 AND artifact_type = ?4 LIMIT ?2",
            row.Repository, digest.ToString(), MediaTypes.ManagementPack);
        var policy = SqlitePolicyStore.Read(session).FindActive(RepositoryName.Parse(row.Name), null);
        return new ManifestFacts(
            row.Name, row.MediaType, row.Size, row.Created, tags, parents, [.. pins], packs, row.Subject, subjectIsThere, row.Pulled, untagged,
            policy?.Prefix.ToString(), packs.Length > 0 ? null : Goes(policy, untagged, row.Pulled, pins));
    }

    /// <summary>When the last thing ends that keeps it.</summary>
    private DateTimeOffset? Goes(RetentionPolicy? policy, DateTimeOffset? untagged, DateTimeOffset? pulled, List<PinFacts> pins)
    {
        if (untagged + policy?.UntaggedAfter is not { } due || pins.Exists(pin => pin.Until is null))
            return null;
        var ends = pins.Where(pin => !pin.Ended).Select(pin => pin.Until!.Value).Append(due);
        return pulled is { } last ? ends.Append(last + options.PulledWithin).Max() : ends.Max();
    }

    private static string[] Digests(SqliteSession session, string sql, long row, string? subject = null, string? type = null) =>
        subject is null
            ? [.. session.List(sql, found => found.GetString(0), row, (long)DigestFacts.Most)]
            : [.. session.List(sql, found => found.GetString(0), row, (long)DigestFacts.Most, subject, type)];

    private static ManifestRow ReadManifest(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetInt64(4), SqliteJournal.Time(row, 5)!.Value,
        SqliteJournal.Text(row, 6), SqliteJournal.Time(row, 7), SqliteJournal.Time(row, 8));

    private sealed record ManifestRow(
        long Id,
        long Repository,
        string Name,
        string MediaType,
        long Size,
        DateTimeOffset Created,
        string? Subject,
        DateTimeOffset? Untagged,
        DateTimeOffset? Pulled);
}
