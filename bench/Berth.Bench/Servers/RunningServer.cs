namespace Berth.Bench.Servers;

/// <summary>A server under load: where it listens and what it takes to use it.</summary>
internal sealed class RunningServer(Peer peer, int port, int tlsPort, params ServerProcess[] processes) : IAsyncDisposable
{
    public Peer Peer => peer;

    public int Port => port;

    /// <summary>0 when it has none.</summary>
    public int TlsPort => tlsPort;

    /// <summary>Header line of requests that push, with its line end; empty where no login is asked for.</summary>
    public string Authorization { get; set; } = "";

    /// <summary>In bytes, of the process that serves plain HTTP; nginx's workers are not counted.</summary>
    public long PeakMemory => ProcFile.PeakMemory(processes[0].Pid);

    /// <summary>Processor time of all its processes, in seconds.</summary>
    public double CpuSeconds => processes.Sum(process => ProcFile.CpuSeconds(process.Pid));

    public void RequireRunning()
    {
        foreach (var process in processes)
            process.RequireRunning();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
    }
}
