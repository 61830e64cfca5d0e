using System.Diagnostics;

namespace Berth.Bench.Servers;

/// <summary>A server's process. Its output goes to a file, and its id to another, for bench.sh to end what an interruption left.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _pidFile;

    private ServerProcess(Process process, string pidFile, string log)
    {
        _process = process;
        _pidFile = pidFile;
        Log = log;
    }

    public string Log { get; }

    public int Pid => _process.Id;

    public static ServerProcess Start(string work, string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        Directory.CreateDirectory(Path.Combine(work, "pids"));
        var log = Path.Combine(work, $"{Path.GetFileName(file)}-{Guid.NewGuid():N}.log");
        // The shell replaces itself, so that its id is the server's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, file, .. arguments]);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var pidFile = Path.Combine(work, "pids", $"{process.Id}");
        File.WriteAllText(pidFile, "");
        return new ServerProcess(process, pidFile, log);
    }

    public void RequireRunning()
    {
        if (_process.HasExited)
            throw new BenchException($"a server ended: {string.Join(' ', File.ReadLines(Log).TakeLast(5))}");
    }

    public async ValueTask DisposeAsync()
    {
        using (var term = Process.Start("kill", [$"{Pid}"]))
            await term.WaitForExitAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        File.Delete(_pidFile);
        File.Delete(Log);
    }
}
