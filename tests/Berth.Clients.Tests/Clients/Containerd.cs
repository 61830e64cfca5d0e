using System.Diagnostics;
using Berth.Chain.Tests.Running;

namespace Berth.Clients.Tests.Clients;

internal sealed class Containerd : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch;
    private readonly Process _process;

    private Containerd(ScratchDirectory scratch, Process process) => (_scratch, _process) = (scratch, process);

    public string Socket => SocketIn(_scratch);

    public static async Task<Containerd> StartAsync()
    {
        var scratch = new ScratchDirectory();
        var configuration = scratch.Write("config.toml", $"""
            version = 2
            root = "{scratch.File("root")}"
            state = "{scratch.File("state")}"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
            address = "{SocketIn(scratch)}"
            [plugins."io.containerd.metadata.v1.bolt"]
            content_sharing_policy = "isolated"
            """);
        var process = new Command(Programs.Find("containerd"), "--config", configuration).Start();
        var daemon = new Containerd(scratch, process);
        try
        {
            await new OutputLines(process).WaitForAsync<bool>(
                line => line.Contains("successfully booted", StringComparison.Ordinal) ? true : null, "that it is ready");
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _scratch.Dispose();
    }

    private static string SocketIn(ScratchDirectory scratch) => scratch.File("socket");
}
