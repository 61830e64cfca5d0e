using System.Diagnostics;

namespace Berth.Chain.Tests.Running;

/// <summary>An nginx process on a loopback port, with its files in a scratch directory.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;

    private Nginx(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    /// <param name="serversFor">The server blocks, for the port that is to be listened on.</param>
    public static async Task<Nginx> StartAsync(ScratchDirectory scratch, Func<int, string> serversFor)
    {
        var port = Ports.Free();
        Directory.CreateDirectory(scratch.File("nginx"));
        var temporary = string.Concat(
            new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {scratch.File($"nginx/{kind}")};\n"));
        var configuration = scratch.Write("nginx/nginx.conf", $$"""
            user root; daemon off; pid {{scratch.File("nginx/pid")}}; error_log stderr notice;
            events { }
            http { access_log off; {{temporary}} {{serversFor(port)}} }
            """);
        var process = new Command("nginx", "-c", configuration, "-p", scratch.File("nginx"), "-e", "stderr").Start();
        var nginx = new Nginx(process, port);
        // It listens before it starts the workers, and says so.
        await new OutputLines(process).WaitForAsync<bool>(
            line => line.Contains("start worker process ", StringComparison.Ordinal) ? true : null, "that it started");
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await new Command("kill", "-TERM", $"{_process.Id}").SucceedAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
