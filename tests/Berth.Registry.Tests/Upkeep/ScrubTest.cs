using System.Text.Json;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Upkeep;

/// <summary>A registry of its own whose data is damaged and scrubbed.</summary>
public abstract class ScrubTest : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected BerthServer Server { get; } = new();

    private protected RegistryPushes Registry => new(Server);

    private protected StoredFiles Files => new(Server.Data);

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the command beside the server.</summary>
    private protected async Task<(int ExitCode, JsonElement Report, string Talk)> ScrubAsync(params string[] peers)
    {
        var config = _directory["config.json"];
        var list = string.Join(',', peers.Select(peer => $"\"{peer}\""));
        await File.WriteAllTextAsync(config, $$"""{ "Scrub": { "Peers": [ {{list}} ] } }""", Cancelled);
        var run = await CommandRun.OfAsync("", "scrub", "--now", "--output", "json", "--data", Server.Data, "--config", config);
        return (run.ExitCode, JsonDocument.Parse(run.Output).RootElement, run.Error);
    }
}
