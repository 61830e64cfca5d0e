using System.Net;
using System.Text.Json;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;
using Berth.Server.Bundles;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Bundles;

/// <summary>A running registry to export from, and an empty one on the other side.</summary>
public abstract class BundledRegistry : RegistryTest, IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    private protected BundledRegistry()
        : base(new BerthServer())
    {
    }

    private protected string Bundle => _directory["1.bundle"];

    private protected string Second => _directory["2.bundle"];

    /// <summary>The data of the registry on the other side.</summary>
    private protected string Other { get; private set; } = "";

    private protected string Paks => _directory["paks"];

    private protected string PathOf(string name) => _directory[name];

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        await EmptyOtherAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>From now on the other side is one that has nothing.</summary>
    private protected async Task EmptyOtherAsync()
    {
        Other = _directory[$"other-{Guid.NewGuid():N}"];
        using var made = await SingleNodeStores.OpenForServingAsync(Other, TimeProvider.System, Cancelled);
    }

    private protected Task<CommandRun> ExportAsync(string file, params string[] more) =>
        CommandRun.OfAsync("", ["export", "--data", Server.Data, "--file", file, .. more]);

    private protected async Task<ExportReport> ExportWellAsync(string file, params string[] more)
    {
        var run = await ExportAsync(file, ["--output", "json", .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonSerializer.Deserialize(run.Output, BundleReportJson.Default.ExportReport)!;
    }

    private protected Task<CommandRun> ImportAsync(string file, params string[] more) =>
        CommandRun.OfAsync("", ["import", file, "--data", Other, .. more]);

    private protected async Task<ImportReport> ImportWellAsync(string file, params string[] more)
    {
        var run = await ImportAsync(file, ["--output", "json", .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonSerializer.Deserialize(run.Output, BundleReportJson.Default.ImportReport)!;
    }

    /// <summary>Pushes an image of these layers and gives its manifest.</summary>
    private protected async Task<string> PushLayersAsync(string tag, params string[] layers)
    {
        foreach (var blob in layers.Prepend("{}"))
            await PushBlobAsync(blob);
        var manifest = Image("{}", layers);
        using var pushed = await PutManifestAsync(tag, manifest);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return manifest;
    }

    /// <summary>How many rows of what can be seen the other side has.</summary>
    private protected (object? Manifests, object? Tags, object? Blobs) Visible()
    {
        using var session = SqliteSession.Connect(Path.Combine(Other, "berth.db"), "PRAGMA foreign_keys = ON");
        return (session.Scalar("SELECT count(*) FROM manifest"), session.Scalar("SELECT count(*) FROM tag"), session.Scalar("SELECT count(*) FROM repository_blob"));
    }
}
