using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Berth.Torture.Servers;

/// <summary>A `berth serve` process over a data directory, on a loopback port.</summary>
internal sealed partial class BerthProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _log;
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private volatile bool _killed;

    private BerthProcess(Process process, string log)
    {
        _process = process;
        _log = log;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public Uri Address => new($"http://127.0.0.1:{_port.Task.Result}/");

    public int Id => _process.Id;

    /// <summary>Whether a failed request has a reason.</summary>
    public bool WasKilled => _killed;

    /// <summary>Starts it without waiting for it to be ready.</summary>
    /// <param name="log">Gets all it writes, after what is there.</param>
    public static BerthProcess Launch(string dataDirectory, string log, ServerSettings settings)
    {
        var start = new ProcessStartInfo(BerthFile.Path, ["serve", "--data", dataDirectory, "--listen", "http://127.0.0.1:0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Environment())
            start.Environment[name] = value;
        return new BerthProcess(Process.Start(start)!, log);
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="Violation">It does not start on this store.</exception>
    public static async Task<BerthProcess> StartAsync(string dataDirectory, string log, ServerSettings settings, CancellationToken cancelled)
    {
        var server = Launch(dataDirectory, log, settings);
        try
        {
            var ended = server._process.WaitForExitAsync(cancelled);
            if (await Task.WhenAny(server._port.Task, ended).WaitAsync(StartLimit, cancelled) == ended)
                throw new Violation($"the server does not start again: {await TailAsync(log)}");
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw e is TimeoutException ? new Violation($"the server is not ready after {StartLimit}: {await TailAsync(log)}") : e;
        }
    }

    /// <summary>SIGKILL: no handler, no flush, nothing runs any more.</summary>
    public void Kill()
    {
        _killed = true;
        _process.Kill();
    }

    public async Task WaitForExitAsync(CancellationToken cancelled)
    {
        await _process.WaitForExitAsync(cancelled);
        await _reading;
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancelled)
    {
        _killed = true;
        using (var term = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await term.WaitForExitAsync(cancelled);
        await WaitForExitAsync(cancelled);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<string> TailAsync(string log) =>
        File.Exists(log) ? string.Join(" / ", (await File.ReadAllLinesAsync(log)).TakeLast(8)) : "it wrote nothing";

    private async Task ReadAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (_writing)
                File.AppendAllText(_log, line + "\n");
            if (Serving().Match(line) is { Success: true } match)
                _port.TrySetResult(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"berth is serving https?://[0-9.]+:([0-9]+) ")]
    private static partial Regex Serving();
}
