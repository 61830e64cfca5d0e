using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Berth.Bench.Content;
using Berth.Bench.Http;
using Berth.Bench.Servers;
using Microsoft.Data.Sqlite;

namespace Berth.Bench.Seeding;

/// <summary>
/// A store of a million manifests. Pushing them takes minutes, so they are written into the stopped server's database: real manifests with
/// their right digests, in a thousand repositories, each with a tag and the edges to its two blobs.
/// </summary>
internal static class LargeStore
{
    public const int Repositories = 1000;
    public const int ManifestsInEach = 1000;

    public static string AnyManifestPath => $"/v2/{RepositoryName(Repositories / 2)}/manifests/{TagName(ManifestsInEach / 2)}";

    public static async Task SeedAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var config = new BlobSet(71, Image.ConfigSize, 1).Blobs[0];
        var layer = new BlobSet(72, Image.LayerSize, 1).Blobs[0];
        await using (var server = ServerStart.Start(Peer.Berth, settings))
        {
            await ServerStart.WaitAsync(server, "/v2/", cancellationToken);
            await Login.ForAsync(server, "bench/first", cancellationToken);
            using var pusher = await Pusher.OpenAsync(server, "bench/first", cancellationToken);
            await pusher.PushAsDockerAsync(config);
            await pusher.PushAsDockerAsync(layer);
        }

        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        using var connection = new SqliteConnection($"Data Source={Path.Combine(settings.Data, "berth.db")};Pooling=False");
        connection.Open();
        Fill(connection, config, layer, cancellationToken);
    }

    private static void Fill(SqliteConnection connection, Blob config, Blob layer, CancellationToken cancellationToken)
    {
        Run(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA foreign_keys = OFF;");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var transaction = connection.BeginTransaction();
        using var repository = Prepare(connection, "INSERT INTO repository (name, created) VALUES ($name, $now) RETURNING id", "$name", "$now");
        using var blobs = Prepare(
            connection, "INSERT INTO repository_blob (repository_id, blob_id, lease_until) SELECT $id, id, $now FROM blob", "$id", "$now");
        using var rows = new ManifestRows(connection, config, layer, now);
        for (var r = 0; r < Repositories; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = (long)Execute(repository, RepositoryName(r), now)!;
            Execute(blobs, id, now);
            rows.Add(id, r);
        }

        transaction.Commit();
    }

    internal static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }

    internal static object? Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command.ExecuteScalar();
    }

    internal static string TagName(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");

    private static string RepositoryName(int number) => string.Create(CultureInfo.InvariantCulture, $"packs/adapter-{number}");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = Prepare(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>What one repository holds.</summary>
    private sealed class ManifestRows(SqliteConnection connection, Blob config, Blob layer, long now) : IDisposable
    {
        private const string Version = "the-version";

        private readonly string _before = Image.ManifestText(config, [layer], Version).Split(Version)[0];
        private readonly string _after = Image.ManifestText(config, [layer], Version).Split(Version)[1];

        private readonly SqliteCommand _manifest = Prepare(
            connection,
            """
            INSERT INTO manifest (repository_id, digest, media_type, created, bytes) VALUES ($repository, $digest, $type, $now, $bytes)
            RETURNING id
            """,
            "$repository", "$digest", "$type", "$now", "$bytes");

        private readonly SqliteCommand _tag = Prepare(
            connection, "INSERT INTO tag (repository_id, name, manifest_id, updated) VALUES ($repository, $name, $manifest, $now)",
            "$repository", "$name", "$manifest", "$now");

        private readonly SqliteCommand _edges = Prepare(
            connection, "INSERT INTO manifest_blob (manifest_id, blob_id, repository_id) SELECT $manifest, id, $repository FROM blob",
            "$manifest", "$repository");

        public void Add(long repository, int number)
        {
            for (var i = 0; i < ManifestsInEach; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_before}{number}.{i}{_after}"));
                var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
                var id = Execute(_manifest, repository, digest, Image.MediaType, now, bytes)!;
                Execute(_tag, repository, TagName(i), id, now);
                Execute(_edges, id, repository);
            }
        }

        public void Dispose()
        {
            _manifest.Dispose();
            _tag.Dispose();
            _edges.Dispose();
        }
    }
}
