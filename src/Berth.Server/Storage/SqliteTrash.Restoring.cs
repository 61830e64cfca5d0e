using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Restoring;

namespace Berth.Server.Storage;

internal sealed partial class SqliteTrash
{
    /// <summary>Makes the rows that the plan is about, with edges and tags as a push makes them.</summary>
    /// <exception cref="RestoreFailedException">Something that it needs is not there any more; nothing was changed.</exception>
    public ValueTask<RestoreResult> RestoreAsync(RestorePlan plan, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var repository = SqliteMetadataStore.GetOrAddRepository(session, plan.Repository, now);
            foreach (var manifest in plan.Manifests)
                AddManifest(session, repository, plan, manifest);
            var (set, taken) = SetTags(session, repository, plan, now);
            foreach (var manifest in plan.Manifests)
                SqliteMetadataStore.NoteUntagged(session, SqliteMetadataStore.FindManifest(session, repository, manifest.Digest)!.Value, now);
            var stays = taken.Select(tag => tag.Entry).ToHashSet();
            foreach (var entry in plan.Entries.Where(entry => !stays.Contains(entry)))
                End(session, entry, now);
            return new RestoreResult([.. plan.Manifests.Select(manifest => manifest.Digest)], [.. set], [.. taken.Select(tag => tag.Tag)]);
        },
        cancellationToken);

    /// <summary>A manifest that was pushed again meanwhile is there already. One that comes before its children waits for them as a sparse one does.</summary>
    private static void AddManifest(SqliteSession session, long repository, RestorePlan plan, TrashedManifest trashed)
    {
        if (SqliteMetadataStore.FindManifest(session, repository, trashed.Digest) is not null)
            return;
        var toStore = new ManifestToStore(plan.Repository, trashed.Digest, trashed.Bytes, trashed.Parse(), [], trashed.Created);
        var needs = ManifestNeeds.Resolve(session, toStore);
        var coming = plan.Manifests.Select(manifest => manifest.Digest).ToHashSet();
        if (needs.Missing.Where(digest => !coming.Contains(digest) && !plan.Never.Contains(digest)).Select(digest => digest.ToString()).FirstOrDefault() is { } gone)
            throw new RestoreFailedException($"{trashed.Digest} needs {gone}, which went away meanwhile");
        SqliteMetadataStore.AddManifest(session, repository, toStore, needs);
    }

    private static (List<Tag> Set, List<TrashedTag> Taken) SetTags(SqliteSession session, long repository, RestorePlan plan, DateTimeOffset now)
    {
        var (set, taken) = (new List<Tag>(), new List<TrashedTag>());
        foreach (var trashed in plan.Tags)
        {
            var manifest = SqliteMetadataStore.FindManifest(session, repository, trashed.Digest)
                ?? throw new RestoreFailedException($"{trashed.Digest}, which the tag {trashed.Tag} named, went away meanwhile");
            var current = session.FindNumber("SELECT manifest_id FROM tag WHERE repository_id = ?1 AND name = ?2", repository, trashed.Tag.ToString());
            if (current is { } other && other != manifest)
            {
                taken.Add(trashed);
                continue;
            }

            if (current is null)
                SqliteMetadataStore.SetTag(session, repository, plan.Repository, trashed.Tag, manifest, now);
            set.Add(trashed.Tag);
        }

        if (plan.Manifests.Count == 0 && set.Count == 0 && taken is [var only, ..])
            throw new RestoreFailedException($"the tag {only.Tag} names something else by now; delete it first, or pull {only.Digest} by its digest");
        return (set, taken);
    }

    private static void End(SqliteSession session, long entry, DateTimeOffset now)
    {
        var ended = session.Execute($"UPDATE removal SET restored = ?2 WHERE id = ?1 AND {InTrash}", entry, now.ToUnixTimeMilliseconds()) > 0;
        if (!ended)
            throw new RestoreFailedException("it left the trash meanwhile");
        session.Execute("DELETE FROM trashed_manifest WHERE removal_id = ?1", entry);
    }
}
