using System.Net;
using System.Text.Json;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Storage;
using Berth.Server.Backup;

namespace Berth.Registry.Tests.Backup;

/// <summary>What berth restore makes of a backup.</summary>
public sealed class RestoreTests() : BackedUpRegistry(new BerthServer())
{
    [Fact]
    public async Task A_restored_registry_serves_the_same_and_takes_the_same_logins_and_tokens()
    {
        var manifest = await PushImageAsync("1.0", "layer");
        await BeginUploadAsync();
        var token = await TokenAsync();
        await BackUpWellAsync();
        await RestoreWellAsync();

        await using var berth = await ServedDirectory.StartAsync(Restored);

        Assert.Equal(manifest, await berth.GetAsync($"/v2/{Repository}/manifests/1.0"));
        Assert.Equal("layer", await berth.GetAsync($"/v2/{Repository}/blobs/{DigestOf("layer")}"));
        await berth.AssertAnswersAsync(HttpStatusCode.Accepted, "POST", $"/v2/{Repository}/blobs/uploads/", $"Bearer {token}");
        await berth.AssertAnswersAsync(HttpStatusCode.Accepted, "POST", $"/v2/{Repository}/blobs/uploads/", Basic(BerthServer.Pusher, BerthServer.Password));
        await berth.AssertAnswersAsync(HttpStatusCode.Unauthorized, "POST", $"/v2/{Repository}/blobs/uploads/", Basic(BerthServer.Pusher, "wrong"));
    }

    [Fact]
    public async Task Uploads_that_were_under_way_are_over_in_a_restored_registry()
    {
        var upload = await BeginUploadAsync();
        await BackUpWellAsync();
        await RestoreWellAsync();

        await using var berth = await ServedDirectory.StartAsync(Restored);

        Assert.Equal(0L, Ask("SELECT count(*) FROM upload_session", Path.Combine(Restored, "berth.db")));
        await berth.AssertAnswersAsync(HttpStatusCode.NotFound, "GET", new Uri(new Uri(Server.Url), upload).PathAndQuery, Basic(BerthServer.Pusher, BerthServer.Password));
    }

    [Fact]
    public async Task What_was_in_the_trash_is_forgotten_and_the_backup_counts_as_made()
    {
        var digest = await PushBlobAsync("in the trash");
        Ask("DELETE FROM repository_blob");
        Ask($"UPDATE blob SET trashed = 1 WHERE digest = '{digest}'");
        Ask($"INSERT INTO removal (at, kind, digest, size, actor, reason, forced) VALUES (1, 'blob', '{digest}', 12, 'collection', 'nobody', 0)");
        await BackUpWellAsync();
        await RestoreWellAsync();

        var database = Path.Combine(Restored, "berth.db");
        Assert.Equal(0L, Ask("SELECT count(*) FROM blob", database));
        Assert.Equal(1L, Ask("SELECT count(*) FROM removal WHERE purged IS NOT NULL", database));
        Assert.Equal(1L, Ask("SELECT count(*) FROM upkeep WHERE kind = 'backup' AND finished IS NOT NULL", database));
    }

    [Fact]
    public async Task An_earlier_backup_can_be_chosen()
    {
        await PushImageAsync("1.0", "one");
        var first = await BackUpWellAsync();
        await PushImageAsync("2.0", "two");
        await BackUpWellAsync();

        await RestoreWellAsync("--backup", first.Backup);

        await using var berth = await ServedDirectory.StartAsync(Restored);
        Assert.Equal("one", await berth.GetAsync($"/v2/{Repository}/blobs/{DigestOf("one")}"));
        await berth.AssertAnswersAsync(HttpStatusCode.NotFound, "GET", $"/v2/{Repository}/manifests/2.0");
        (await RunAsync("restore", Backups, "--data", Elsewhere, "--backup", "yesterday")).AssertFailed(1, "there is no backup 'yesterday'");
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("missing")]
    public async Task Content_that_the_backup_has_lost_is_named_and_nothing_is_restored(string problem)
    {
        await PushImageAsync("1.0", "precious");
        await BackUpWellAsync();
        var digest = DigestOf("precious");
        if (problem == "damaged")
            Flip(StoredFile(digest));
        else
            File.Delete(StoredFile(digest));

        var run = await RunAsync("restore", Backups, "--data", Restored);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(digest.ToString(), run.Error, StringComparison.Ordinal);
        AssertNothingRestored();
    }

    [Fact]
    public async Task What_is_missing_can_be_left_out_and_is_known_to_be_damaged_then()
    {
        var manifest = await PushImageAsync("1.0", "precious");
        await BackUpWellAsync();
        Flip(StoredFile(DigestOf("precious")));

        var run = await RunAsync("restore", Backups, "--data", Restored, "--allow-missing");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(DigestOf("precious").ToString(), run.Error, StringComparison.Ordinal);
        Assert.Equal(DigestOf("precious").ToString(), Ask("SELECT digest FROM blob WHERE damaged IS NOT NULL", Path.Combine(Restored, "berth.db")));
        await using var berth = await ServedDirectory.StartAsync(Restored);
        Assert.Equal(manifest, await berth.GetAsync($"/v2/{Repository}/manifests/1.0"));
    }

    [Fact]
    public async Task A_damaged_database_in_the_backup_is_refused()
    {
        var report = await BackUpWellAsync();
        Flip(Path.Combine(Backups, "backups", report.Backup, "berth.db"));

        (await RunAsync("restore", Backups, "--data", Restored)).AssertFailed(1, "is damaged");
        AssertNothingRestored();
    }

    [Fact]
    public async Task The_newest_complete_backup_is_restored_unless_another_is_named()
    {
        await PushImageAsync("1.0", "kept");
        var complete = await BackUpWellAsync();
        await PushImageAsync("2.0", "lost");
        File.Delete(ServedFile(DigestOf("lost")));
        Assert.Equal(1, (await BackUpAsync()).ExitCode);

        var run = await RunAsync("restore", Backups, "--data", Restored, "--output", "json");

        Assert.Contains("is newer and not complete", run.Error, StringComparison.Ordinal);
        Assert.Equal(complete.Backup, JsonSerializer.Deserialize(run.Output, BackupJson.Default.RestoreReport)!.Backup);
    }

    [Fact]
    public async Task A_directory_that_is_not_empty_is_refused_and_an_empty_one_is_taken()
    {
        await BackUpWellAsync();
        Directory.CreateDirectory(Restored);
        await File.WriteAllTextAsync(Path.Combine(Restored, "thesis.txt"), "mine", Cancelled);
        (await RunAsync("restore", Backups, "--data", Restored)).AssertFailed(1, "is not empty");
        (await RunAsync("restore", Backups, "--data", Server.Data)).AssertFailed(1, "is not empty");

        File.Delete(Path.Combine(Restored, "thesis.txt"));
        await RestoreWellAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Restored));
    }

    [Theory]
    [MemberData(nameof(EarlierStore.Schemas), MemberType = typeof(EarlierStore))]
    public async Task A_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(int schema)
    {
        MakeBackup(schema, schema, "0.1.0");

        await RestoreWellAsync();

        await using var berth = await ServedDirectory.StartAsync(Restored);
        foreach (var (reference, bytes) in EarlierStore.Manifests())
            Assert.Equal(bytes, await berth.GetAsync($"/v2/{EarlierStore.Repository}/manifests/{reference}"));
        foreach (var blob in EarlierStore.Blobs)
            Assert.Equal(blob, await berth.GetAsync($"/v2/{EarlierStore.Repository}/blobs/{DigestOf(blob)}"));
    }

    [Fact]
    public async Task A_backup_of_a_newer_version_is_refused()
    {
        MakeBackup(2, 99, "9.9.0");

        (await RunAsync("restore", Backups, "--data", Restored)).AssertFailed(1, "has schema 99, written by berth 9.9.0");
        AssertNothingRestored();
    }

    /// <summary>Turns the store of an earlier version into the one backup there is, as the berth of its time would have.</summary>
    private void MakeBackup(int store, long schema, string version)
    {
        EarlierStore.CopyTo(store, Elsewhere);
        using var directory = BackupDirectory.OpenForWriting(Backups);
        var now = TimeProvider.System.GetUtcNow();
        var database = Path.Combine(directory.Begin(BackupTime.NameOf(now)), "berth.db");
        File.Move(Path.Combine(Elsewhere, "berth.db"), database);
        Directory.Delete(directory.Content.Root);
        Directory.Move(Path.Combine(Elsewhere, "blobs"), directory.Content.Root);
        directory.Complete(BackupTime.NameOf(now), new BackupTable
        {
            Format = 1, Time = now, BerthVersion = version, Schema = schema, DatabaseDigest = CopiedDatabase.DigestOf(database).ToString(),
            DatabaseBytes = new FileInfo(database).Length, Blobs = 4, Bytes = 34, NewBlobs = 4, NewBytes = 34, MissingBlobs = 0, Missing = [],
        });
    }

    private void AssertNothingRestored()
    {
        Assert.False(Directory.Exists(Restored));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Restored)!), path => path.Contains("restor", StringComparison.Ordinal));
    }

    private async Task<string> TokenAsync()
    {
        using var answered = await SendAsync("GET", $"/token?service=berth&scope=repository:{Repository}:pull,push", BerthServer.Pusher);
        return JsonDocument.Parse(await BodyAsync(answered)).RootElement.GetProperty("token").GetString()!;
    }
}
