using Berth.Oci;
using Berth.Server.Restoring;

namespace Berth.Server.Storage;

internal sealed partial class SqliteTrash
{
    /// <summary>Follows what belongs together: parts of a removal, children of an index, the manifest of a tag.</summary>
    private sealed class RestorePlanning(SqliteSession session, RepositoryName repository)
    {
        private readonly long _repository = SqliteMetadataStore.FindRepository(session, repository) ?? 0;
        private readonly Dictionary<Digest, TrashedManifest> _manifests = [];
        private readonly List<TrashedTag> _tags = [];
        private readonly List<long> _entries = [];
        private readonly Queue<TrashedManifest> _unread = [];
        private readonly Dictionary<Digest, TrashedContent> _content = [];
        private readonly HashSet<Digest> _lost = [];
        private readonly HashSet<Digest> _never = [];

        public void Add(Entry entry)
        {
            if (entry is { Tag: { } tag, Digest: { } named })
            {
                _entries.Add(entry.Id);
                _tags.Add(new TrashedTag(entry.Id, tag, named));
                Need(named);
                return;
            }

            if (entry.Digest is { } digest)
                AddManifest(entry.Id, digest);
            else
                _entries.Add(entry.Id);
            foreach (var part in session.List($"SELECT id, kind, repository, digest, tag FROM removal WHERE part_of = ?1 AND {InTrash} ORDER BY id", ReadEntry, entry.Id))
                Add(part); // a repository has manifests as parts, and those have tags: no deeper
        }

        public RestorePlan Finish()
        {
            while (_unread.TryDequeue(out var manifest))
                Follow(manifest.Parse());
            return new RestorePlan(repository, [.. _manifests.Values], _tags, _entries, [.. _content.Values], [.. _lost], _never);
        }

        private void Follow(Manifest manifest)
        {
            foreach (var child in manifest.Manifests)
                Need(child.Digest);
            foreach (var blob in manifest.RequiredBlobs)
            {
                if (_content.ContainsKey(blob.Digest) || SqliteMetadataStore.FindBlob(session, _repository, blob.Digest) is not null)
                    continue;
                if (session.FindNumber("SELECT size FROM blob WHERE digest = ?1", blob.Digest.ToString()) is { } size)
                    _content.Add(blob.Digest, new TrashedContent(blob.Digest, size));
                else
                    Miss(blob.Digest);
            }
        }

        /// <summary>A manifest that has to be there in the end: it is, or it comes along.</summary>
        private void Need(Digest digest)
        {
            if (_manifests.ContainsKey(digest) || SqliteMetadataStore.FindManifest(session, _repository, digest) is not null)
                return;
            var entry = session.FindNumber(
                $"SELECT id FROM removal WHERE digest = ?1 AND repository = ?2 AND kind = 'manifest' AND {InTrash} ORDER BY id DESC LIMIT 1",
                digest.ToString(), repository.ToString());
            if (entry is { } id)
                AddManifest(id, digest);
            else
                Miss(digest);
        }

        private void AddManifest(long entry, Digest digest)
        {
            if (_manifests.ContainsKey(digest))
                return;
            _entries.Add(entry);
            var trashed = session.FirstOrDefault(
                "SELECT media_type, created, bytes FROM trashed_manifest WHERE removal_id = ?1",
                row => new TrashedManifest(
                    entry, digest, row.GetString(0), SqliteJournal.Time(row, 1)!.Value, row.GetFieldValue<byte[]>(2)),
                entry);
            if (trashed is null)
            {
                _lost.Add(digest);
                return;
            }

            _manifests.Add(digest, trashed);
            _unread.Enqueue(trashed);
        }

        /// <summary>What went is in the journal; what is not was not here when the manifest was stored either.</summary>
        private void Miss(Digest digest) =>
            (session.Exists("SELECT 1 FROM removal WHERE digest = ?1 AND kind IN ('blob', 'manifest') LIMIT 1", digest.ToString()) ? _lost : _never).Add(digest);
    }
}
