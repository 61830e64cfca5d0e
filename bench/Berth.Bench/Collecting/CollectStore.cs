using System.Diagnostics;
using System.Globalization;
using Berth.Bench.Content;
using Berth.Bench.Seeding;
using Berth.Bench.Servers;
using Microsoft.Data.Sqlite;

namespace Berth.Bench.Collecting;

/// <summary>
/// A store whose images have all their content for themselves. It is written into the stopped server's data directory: pushing it would take
/// hours.
/// </summary>
internal sealed class CollectStore(CollectOptions options, ServerSettings settings)
{
    private string DatabaseFile => Path.Combine(settings.Data, "berth.db");

    public static string RepositoryName(int number) => string.Create(CultureInfo.InvariantCulture, $"packs/adapter-{number}");

    public static long ImageNumber(int repository, int image) => ((long)repository * CollectOptions.ManifestsInEach) + image;

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using (var server = ServerStart.Start(Peer.Berth, settings))
            await ServerStart.WaitAsync(server, "/v2/", cancellationToken);
        using var connection = Open();
        Run(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA foreign_keys = OFF;");
        using var transaction = connection.BeginTransaction();
        using var rows = new CollectRows(connection);
        for (var repository = 0; repository < options.Repositories; repository++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var images = new SmallImage[CollectOptions.ManifestsInEach];
            var number = repository;
            Parallel.For(0, images.Length, i => images[i] = Write(SmallImage.Make(ImageNumber(number, i))));
            rows.Add(RepositoryName(repository), images);
        }

        transaction.Commit();
        using var flush = Process.Start("sync");
        await flush.WaitForExitAsync(cancellationToken); // what is measured must not wait for the writing of the store
    }

    /// <summary>Makes all images of every second repository, but of those that are read, due: untagged for long, with a policy that lets them go.</summary>
    public void MakeDue(int remainder)
    {
        using var connection = Open();
        var due = string.Join(',', Enumerable.Range(CollectOptions.ReadRepositories, options.Repositories - CollectOptions.ReadRepositories)
            .Where(number => number % 2 == remainder).Select(number => $"'{RepositoryName(number)}'"));
        Run(connection, $"""
            BEGIN;
            DELETE FROM tag WHERE repository_id IN (SELECT id FROM repository WHERE name IN ({due}));
            INSERT OR REPLACE INTO manifest_use (manifest_id, untagged)
                SELECT id, 1 FROM manifest WHERE repository_id IN (SELECT id FROM repository WHERE name IN ({due}));
            INSERT OR REPLACE INTO policy (prefix, untagged_after, previewed, enabled) VALUES ('packs', 1, 1, 1);
            COMMIT;
            """);
    }

    /// <summary>How many of the manifests and blobs that were due are still there, those in the trash included.</summary>
    public long CountDue(int remainder) => CountDue("manifest", CollectOptions.ManifestsInEach, remainder) + CountDueBlobs(remainder);

    public long CountDueBlobs(int remainder) => CountDue("blob", CollectOptions.ManifestsInEach * SmallImage.BlobsInEach, remainder);

    /// <summary>Rows are numbered as they were written, so many for each repository.</summary>
    private long CountDue(string table, long inEach, long remainder)
    {
        using var connection = Open();
        using var count = LargeStore.Prepare(
            connection, $"SELECT count(*) FROM {table} WHERE id > $first AND id <= $last AND (id - 1) / $each % 2 = $remainder", "$first", "$last", "$each", "$remainder");
        return (long)LargeStore.Execute(count, CollectOptions.ReadRepositories * inEach, options.Repositories * inEach, inEach, remainder)!;
    }

    /// <summary>Without syncing: this is about serving them, not about writing them.</summary>
    private SmallImage Write(SmallImage image)
    {
        foreach (var blob in image.Blobs)
        {
            var hex = blob.Digest["sha256:".Length..];
            var shard = Path.Combine(settings.Data, "blobs", "sha256", hex[..2]);
            Directory.CreateDirectory(shard);
            File.WriteAllBytes(Path.Combine(shard, hex), blob.Bytes);
        }

        return image;
    }

    private SqliteConnection Open()
    {
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = LargeStore.Prepare(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The rows that pushing would have made, with leases that are over.</summary>
    private sealed class CollectRows(SqliteConnection connection) : IDisposable
    {
        private const long LongAgo = 1;

        private readonly SqliteCommand _repository = LargeStore.Prepare(
            connection, "INSERT INTO repository (name, created) VALUES ($name, $now) RETURNING id", "$name", "$now");

        private readonly SqliteCommand _blob = LargeStore.Prepare(
            connection, "INSERT INTO blob (digest, size, created) VALUES ($digest, $size, $now) RETURNING id", "$digest", "$size", "$now");

        private readonly SqliteCommand _link = LargeStore.Prepare(
            connection, "INSERT INTO repository_blob (repository_id, blob_id, lease_until) VALUES ($repository, $blob, $now)", "$repository", "$blob", "$now");

        private readonly SqliteCommand _manifest = LargeStore.Prepare(
            connection,
            "INSERT INTO manifest (repository_id, digest, media_type, created, bytes) VALUES ($repository, $digest, $type, $now, $bytes) RETURNING id",
            "$repository", "$digest", "$type", "$now", "$bytes");

        private readonly SqliteCommand _edge = LargeStore.Prepare(
            connection, "INSERT INTO manifest_blob (manifest_id, blob_id, repository_id) VALUES ($manifest, $blob, $repository)", "$manifest", "$blob", "$repository");

        private readonly SqliteCommand _tag = LargeStore.Prepare(
            connection, "INSERT INTO tag (repository_id, name, manifest_id, updated) VALUES ($repository, $name, $manifest, $now)",
            "$repository", "$name", "$manifest", "$now");

        public void Add(string name, SmallImage[] images)
        {
            var repository = LargeStore.Execute(_repository, name, LongAgo)!;
            for (var i = 0; i < images.Length; i++)
            {
                var manifest = LargeStore.Execute(_manifest, repository, images[i].Digest, Image.MediaType, LongAgo, images[i].Manifest)!;
                LargeStore.Execute(_tag, repository, LargeStore.TagName(i), manifest, LongAgo);
                foreach (var blob in images[i].Blobs)
                {
                    var id = LargeStore.Execute(_blob, blob.Digest, (long)blob.Bytes.Length, LongAgo)!;
                    LargeStore.Execute(_link, repository, id, LongAgo);
                    LargeStore.Execute(_edge, manifest, id, repository);
                }
            }
        }

        public void Dispose()
        {
            foreach (var command in new[] { _repository, _blob, _link, _manifest, _edge, _tag })
                command.Dispose();
        }
    }
}
