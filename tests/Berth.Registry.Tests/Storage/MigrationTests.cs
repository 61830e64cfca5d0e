using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>Stores of earlier versions, as their Berth wrote them.</summary>
public sealed class MigrationTests : IDisposable
{
    private static readonly string Pusher = RegistryTest.Basic(BerthServer.Pusher, BerthServer.Password);
    private static readonly string Admin = RegistryTest.Basic(BerthServer.Admin, BerthServer.Password);

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> Schemas => EarlierStore.Schemas;

    private string Data => _directory["data"];

    private string DatabaseFile => Path.Combine(Data, "berth.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void There_is_a_store_of_every_earlier_schema() => Assert.Equal(EarlierStore.Newest + 1, SqliteMigrations.Newest);

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task What_an_earlier_version_stored_is_served_byte_for_byte(int schema)
    {
        EarlierStore.CopyTo(schema, Data);
        await using var berth = await ServedDirectory.StartAsync(Data);

        foreach (var (reference, bytes) in EarlierStore.Manifests())
            Assert.Equal(bytes, await berth.GetAsync($"/v2/{EarlierStore.Repository}/manifests/{reference}"));
        foreach (var blob in EarlierStore.Blobs)
            Assert.Equal(blob, await berth.GetAsync($"/v2/{EarlierStore.Repository}/blobs/{RegistryTest.DigestOf(blob)}"));
        Assert.Equal(EarlierStore.Manifests()["1.0"], await berth.GetAsync($"/v2/{EarlierStore.Copy}/manifests/1.0"));
        Assert.Equal("first layer", await berth.GetAsync($"/v2/{EarlierStore.Copy}/blobs/{RegistryTest.DigestOf("first layer")}"));
        var referrers = await berth.GetAsync($"/v2/{EarlierStore.Repository}/referrers/{RegistryTest.DigestOf(EarlierStore.Manifests()["1.0"])}");
        Assert.Contains("application/vnd.test.signature", referrers, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task What_an_earlier_version_stored_takes_pushes_and_deletes(int schema)
    {
        EarlierStore.CopyTo(schema, Data);
        await using var berth = await ServedDirectory.StartAsync(Data);
        var root = $"/v2/{EarlierStore.Repository}";
        var image = RegistryTest.Image("{}", "first layer", "third layer");

        await berth.AssertAnswersAsync(HttpStatusCode.Created, "POST", $"{root}/blobs/uploads/?digest={RegistryTest.DigestOf("third layer")}", Pusher, "third layer");
        await berth.AssertAnswersAsync(HttpStatusCode.Created, "PUT", $"{root}/manifests/3.0", Pusher, image, MediaTypes.OciManifest);
        Assert.Equal(image, await berth.GetAsync($"{root}/manifests/3.0"));
        await berth.AssertAnswersAsync(HttpStatusCode.Accepted, "DELETE", $"{root}/manifests/latest", Admin);
        await berth.AssertAnswersAsync(HttpStatusCode.Accepted, "DELETE", $"/v2/{EarlierStore.Copy}/manifests/{RegistryTest.DigestOf(EarlierStore.Manifests()["1.0"])}", Admin);
        await berth.AssertAnswersAsync(HttpStatusCode.NotFound, "GET", $"{root}/manifests/latest");
        await berth.AssertAnswersAsync(HttpStatusCode.NotFound, "GET", $"/v2/{EarlierStore.Copy}/manifests/1.0");
    }

    [Fact]
    public async Task A_layer_that_a_stored_image_lacks_is_tied_to_it_when_it_comes()
    {
        EarlierStore.CopyTo(2, Data);
        await using var berth = await ServedDirectory.StartAsync(Data);
        var digest = RegistryTest.DigestOf(EarlierStore.LateLayer);

        await berth.AssertAnswersAsync(
            HttpStatusCode.Created, "POST", $"/v2/{EarlierStore.Repository}/blobs/uploads/?digest={digest}", Pusher, EarlierStore.LateLayer);

        Assert.Equal(1L, Number($"SELECT count(*) FROM manifest_blob JOIN blob ON blob.id = blob_id WHERE digest = '{digest}'"));
        Assert.Equal(0L, Number("SELECT count(*) FROM manifest_absent"));
    }

    [Fact]
    public async Task A_migration_that_is_killed_changed_nothing_or_everything_and_can_be_done_again()
    {
        EarlierStore.CopyTo(2, Data);
        AddContent(100_000);
        var before = Schema();
        var (killed, n) = (0, 1);
        while (await MigrateAsync(killAtWrite: n))
        {
            killed++;
            n *= 2;
            var version = Number("PRAGMA user_version");
            Assert.True(version == 2 ? Schema() == before : version == SqliteMigrations.Newest, $"schema {version} after being killed at write {n}");
            Assert.Equal("ok", Text("PRAGMA integrity_check"));
        }

        Assert.True(killed > 4, $"only {killed} kills: the migration should write more than that");
        Assert.Equal(SqliteMigrations.Newest, Number("PRAGMA user_version"));
        Assert.Equal(100_004, Number("SELECT count(*) FROM blob WHERE trashed IS NULL AND damaged IS NULL"));
    }

    /// <summary>Opens the store with a command in a process of its own; whether that was killed at its nth write to the log.</summary>
    private async Task<bool> MigrateAsync(int killAtWrite)
    {
        var (exitCode, output) = await Command.RunAsync(
            "strace",
            [
                "-f", "-qq", "-o", _directory["trace"], "-P", $"{DatabaseFile}-wal", "-e", "trace=pwrite64",
                "-e", $"inject=pwrite64:signal=KILL:when={killAtWrite}",
                Path.Combine(AppContext.BaseDirectory, "berth"), "user", "list", "--data", Data,
            ]);
        Assert.True(exitCode is 0 or 137, $"{exitCode} {output}");
        return exitCode != 0;
    }

    /// <summary>Enough for the migration to be at work for a while, and to write more than it keeps in memory.</summary>
    private void AddContent(int count)
    {
        using var session = SqliteSession.Connect(DatabaseFile, "PRAGMA synchronous = OFF");
        session.ExecuteScript($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO blob (digest, size, created) SELECT 'sha256:' || printf('%064x', i), 1, 0 FROM n;
            """);
    }

    private string Schema() => Text("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name)");

    private string Text(string sql) => (string)Ask(sql)!;

    private long Number(string sql) => (long)Ask(sql)!;

    private object? Ask(string sql)
    {
        using var session = SqliteSession.Connect(DatabaseFile, "PRAGMA query_only = ON");
        return session.Scalar(sql);
    }
}
