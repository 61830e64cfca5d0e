using System.Diagnostics;

namespace Berth.Torture.Servers;

/// <summary>A `berth gc` beside the server, which may be killed like it.</summary>
internal sealed class CollectProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;
    private bool _killed;

    private CollectProcess(Process process) =>
        (_process, _errors, _output) = (process, process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());

    public static CollectProcess Launch(string dataDirectory, ServerSettings settings)
    {
        var start = new ProcessStartInfo(BerthFile.Path, ["gc", "--data", dataDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Environment())
            start.Environment[name] = value;
        return new CollectProcess(Process.Start(start)!);
    }

    public void Kill()
    {
        _killed = true;
        _process.Kill();
    }

    /// <exception cref="Violation">It failed by itself, and not because the server was collecting just then.</exception>
    public async Task WaitForExitAsync(CancellationToken cancelled)
    {
        await _process.WaitForExitAsync(cancelled);
        var errors = await _errors;
        await _output;
        if (!_killed && _process.ExitCode != 0 && !errors.Contains("under way", StringComparison.Ordinal))
            throw new Violation($"berth gc ended with {_process.ExitCode}: {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
