using System.Diagnostics;

namespace Berth.Torture.Servers;

/// <summary>A command beside the server, such as `berth gc`, which may be killed like it.</summary>
internal sealed class CommandProcess : IAsyncDisposable
{
    /// <summary>What commands say when the server, or another command, is doing the same just then.</summary>
    private static readonly string[] Busy = ["under way", "right now"];

    /// <summary>What a scrub finds that must not be found: here nobody damages anything.</summary>
    private static readonly string[] Findings = ["is corrupt", "has no file", "read wrong once"];

    private readonly string _name;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;
    private bool _killed;

    private CommandProcess(string name, Process process) =>
        (_name, _process, _errors, _output) = (name, process, process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());

    public static CommandProcess Launch(string dataDirectory, ServerSettings settings, params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(BerthFile.Path, [.. command, "--data", dataDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Environment())
            start.Environment[name] = value;
        return new CommandProcess(string.Join(' ', command), Process.Start(start)!);
    }

    public void Kill()
    {
        _killed = true;
        _process.Kill();
    }

    /// <exception cref="Violation">It failed by itself, and not because somebody else was at it; or it found something wrong.</exception>
    public async Task WaitForExitAsync(CancellationToken cancelled)
    {
        await _process.WaitForExitAsync(cancelled);
        var errors = await _errors;
        await _output;
        if ((!_killed && _process.ExitCode != 0 && !Has(errors, Busy)) || Has(errors, Findings))
            throw new Violation($"berth {_name} ended with {_process.ExitCode}: {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static bool Has(string text, string[] parts) => parts.Any(part => text.Contains(part, StringComparison.Ordinal));
}
