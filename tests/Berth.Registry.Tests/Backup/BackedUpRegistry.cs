using System.Net;
using System.Text.Json;
using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;
using Berth.Server.Backup;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Backup;

/// <summary>A running registry for each test, and a place for its backups.</summary>
public abstract class BackedUpRegistry(BerthServer server) : RegistryTest(server), IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The directory of backups.</summary>
    private protected string Backups => _directory["backups"];

    private protected string Restored => _directory["restored"];

    private protected string Elsewhere => _directory["elsewhere"];

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync("", arguments);

    private protected Task<CommandRun> BackUpAsync(params string[] more) => RunAsync(["backup", Backups, "--data", Server.Data, .. more]);

    /// <summary>A backup that has nothing to complain of.</summary>
    private protected async Task<BackupReport> BackUpWellAsync(params string[] more)
    {
        var run = await BackUpAsync(["--output", "json", .. more]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        return Report(run);
    }

    private protected static BackupReport Report(CommandRun run) => JsonSerializer.Deserialize(run.Output, BackupJson.Default.BackupReport)!;

    private protected async Task RestoreWellAsync(params string[] more)
    {
        var run = await RunAsync(["restore", Backups, "--data", Restored, .. more]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    private protected string StoredFile(Digest digest) => BackupContent.PathIn(Path.Combine(Backups, "blobs"), digest);

    private protected string ServedFile(Digest digest, string under = "blobs") => BackupContent.PathIn(Path.Combine(Server.Data, under), digest);

    /// <summary>Damages a file without changing its length or time.</summary>
    private protected static void Flip(string file)
    {
        var time = File.GetLastWriteTimeUtc(file);
        var bytes = File.ReadAllBytes(file);
        bytes[0] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, time);
    }

    private protected object? Ask(string sql, string? database = null)
    {
        using var session = SqliteSession.Connect(database ?? Path.Combine(Server.Data, "berth.db"), "PRAGMA foreign_keys = ON");
        return session.Scalar(sql);
    }

    private protected async Task DeleteAsync(string address)
    {
        using var deleted = await SendAsync("DELETE", address, BerthServer.Admin);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
    }
}
