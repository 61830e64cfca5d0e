using System.Collections.Concurrent;
using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>
/// Where content and uploads lie: <c>blobs/&lt;algorithm&gt;/&lt;first two digits&gt;/&lt;hex&gt;</c>, the same below <c>trash</c> and
/// <c>quarantine</c>, and <c>uploads/&lt;id&gt;</c>.
/// </summary>
/// <remarks>256 shards keep a directory small enough for every file system up to some ten million blobs.</remarks>
internal sealed class BlobLayout(DataDirectory directory)
{
    private readonly ConcurrentDictionary<string, Lazy<string>> _durableShards = new(StringComparer.Ordinal);

    public string Uploads => directory.Uploads;

    public string PathOf(UploadId upload) => Path.Combine(directory.Uploads, upload.ToString());

    public string PathOf(Digest digest) => PathIn(directory.Blobs, digest);

    public string TrashPathOf(Digest digest) => PathIn(directory.Trash, digest);

    public string QuarantinePathOf(Digest digest) => PathIn(directory.Quarantine, digest);

    /// <summary>What was purged and is yet to be freed. Names do not matter there.</summary>
    public string Purged => Path.Combine(directory.Trash, "purged");

    /// <summary>The directory that the content belongs into, which exists and will be found again after a power cut.</summary>
    /// <remarks>
    /// Nobody may use a shard before the one who created it has synced the parent, or an acknowledged blob could vanish with its shard.
    /// So the first use of each shard in this process waits for that sync, and concurrent first uses wait for each other.
    /// </remarks>
    public string DurableShardOf(Digest digest)
    {
        var shard = Path.GetDirectoryName(PathOf(digest))!;
        var creation = _durableShards.GetOrAdd(shard, path => new Lazy<string>(() => Create(path)));
        try
        {
            return creation.Value;
        }
        catch
        {
            // A full disk must not make the shard unusable for as long as the process lives.
            _durableShards.TryRemove(KeyValuePair.Create(shard, creation));
            throw;
        }
    }

    private static string PathIn(string root, Digest digest) =>
        Path.Combine(root, digest.Algorithm.Name(), digest.Hex[..2].ToString(), digest.Hex.ToString());

    private static string Create(string shard)
    {
        DurableFiles.CreateDirectory(Path.GetDirectoryName(shard)!);
        DurableFiles.CreateDirectory(shard);
        return shard;
    }
}
