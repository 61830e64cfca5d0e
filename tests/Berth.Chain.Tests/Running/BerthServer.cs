using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Berth.Chain.Tests.Running;

/// <summary>A `berth serve` process over a data directory, on a loopback port unless it is told another address.</summary>
internal sealed partial class BerthServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly OutputLines _lines;
    private readonly string _dataDirectory;
    private readonly TlsListener? _tls;

    private BerthServer(Process process, string dataDirectory, TlsListener? tls)
    {
        _process = process;
        _lines = new(process);
        _dataDirectory = dataDirectory;
        _tls = tls;
    }

    /// <summary>The administrator that the first start makes.</summary>
    public static Login Administrator { get; } = new("admin", "secret of admin");

    public int Port { get; private set; }

    /// <summary>As it stands in an image reference.</summary>
    public string Host => $"{_tls?.Address ?? "127.0.0.1"}:{Port}";

    public Uri Address => new($"{(_tls is null ? "http" : "https")}://{Host}/");

    /// <param name="dataDirectory">Made when it does not exist; left alone when the server ends.</param>
    /// <param name="port">The same again after a restart, so that references stay good.</param>
    /// <param name="tls">For HTTPS instead of HTTP.</param>
    /// <param name="more">Other flags.</param>
    public static async Task<BerthServer> StartAsync(string dataDirectory, int? port = null, TlsListener? tls = null, params string[] more)
    {
        string[] listen = tls is null
            ? ["--listen", $"http://127.0.0.1:{port ?? 0}"]
            : ["--listen", $"https://{tls.Address}:{port ?? 0}", "--tls-cert", tls.CertificateFile, "--tls-key", tls.KeyFile];
        var process = new Command(Executables.Berth, ["serve", "--data", dataDirectory, .. listen, .. more])
            .With("BERTH_ADMIN_PASSWORD", Administrator.Password)
            .Start();
        var server = new BerthServer(process, dataDirectory, tls);
        try
        {
            server.Port = await server._lines.WaitForAsync(ReadPort, "the address it listens on");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<Login> AddUserAsync(string name)
    {
        var login = new Login(name, $"secret of {name}");
        var added = await new Command(Executables.Berth, "user", "add", name, "--password-stdin", "--data", _dataDirectory)
        {
            Input = login.Password + "\n",
        }.RunAsync();
        added.Succeeded();
        return login;
    }

    /// <summary>SIGKILL: no handler, no flush, nothing runs any more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, as a service manager stops it. Returns when the server says that it stops.</summary>
    public async Task AskToStopAsync()
    {
        await SignalAsync();
        await _lines.WaitForAsync<bool>(line => line.Contains("Stopping:", StringComparison.Ordinal) ? true : null, "that it stops");
    }

    /// <summary>SIGTERM, and the exit code when it has ended.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
            await SignalAsync();
        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync()
    {
        var sent = await new Command("kill", "-TERM", $"{_process.Id}").RunAsync();
        sent.Succeeded();
    }

    private static int? ReadPort(string line) =>
        Serving().Match(line) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"berth is serving https?://[0-9.]+:([0-9]+) ")]
    private static partial Regex Serving();
}
