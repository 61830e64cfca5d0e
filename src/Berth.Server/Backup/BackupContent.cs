using Berth.Oci;
using Berth.Server.Storage;

namespace Berth.Server.Backup;

/// <summary>Content that the backups of a directory share: <c>blobs/&lt;algorithm&gt;/&lt;first two digits&gt;/&lt;hex&gt;</c>, as a registry has it.</summary>
internal sealed class BackupContent(string root, string damaged)
{
    public string Root => root;

    public string PathOf(Digest digest) => PathIn(root, digest);

    public static string PathIn(string root, Digest digest) =>
        Path.Combine(root, digest.Algorithm.Name(), digest.Hex[..2].ToString(), digest.Hex.ToString());

    public bool Has(Content content) => new FileInfo(PathOf(content.Digest)) is { Exists: true } file && file.Length == content.Size;

    /// <summary>Gives a file that was verified and synced its name. <see cref="Sync"/> makes the name durable.</summary>
    public void Place(string file, Digest digest)
    {
        var path = PathOf(digest);
        PrepareShard(path);
        DurableFiles.Rename(file, path);
    }

    public static void PrepareShard(string path)
    {
        var shard = Path.GetDirectoryName(path)!;
        Make(Path.GetDirectoryName(shard)!);
        Make(shard);

        static void Make(string directory) =>
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Takes out of the store what must not be mistaken for good content by the next backup.</summary>
    public void SetAside(Digest digest)
    {
        DurableFiles.CreateDirectory(damaged);
        DurableFiles.Rename(PathOf(digest), Path.Combine(damaged, digest.Hex.ToString()));
    }

    public IEnumerable<(Digest Digest, FileInfo File)> List()
    {
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var algorithm = Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[0];
            if (Digest.TryParse($"{algorithm}:{Path.GetFileName(path)}", out var digest) && path == PathOf(digest))
                yield return (digest, new FileInfo(path));
        }
    }

    /// <summary>Makes every name in the store durable, also those that a backup left behind which was killed before this.</summary>
    public void Sync() => SyncTree(root);

    public static void SyncTree(string root)
    {
        foreach (var directory in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories))
            DurableFiles.SyncDirectory(directory);
        DurableFiles.SyncDirectory(root);
    }
}

/// <summary>Content that a database names.</summary>
internal readonly record struct Content(Digest Digest, long Size);
