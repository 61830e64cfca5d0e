using System.Diagnostics;

namespace Berth.Packaging.Tests.Install;

/// <summary>Runs the real mp-install, as a process.</summary>
internal sealed class MpInstall : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly List<string> _lines = [];
    private readonly Task _errorLoop;
    private readonly SemaphoreSlim _line = new(0);

    private MpInstall(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errorLoop = ReadErrorAsync();
    }

    public static MpInstall Start(string[] arguments, string? dockerHost = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mp-install"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (dockerHost is not null)
            start.Environment["DOCKER_HOST"] = dockerHost;
        return new MpInstall(Process.Start(start)!);
    }

    public static async Task<Result> RunAsync(string[] arguments, string? dockerHost = null)
    {
        using var run = Start(arguments, dockerHost);
        return await run.EndAsync();
    }

    /// <summary>Waits until so many lines of standard error begin with this text.</summary>
    public async Task WaitForAsync(string start, int times = 1)
    {
        while (true)
        {
            await _line.WaitAsync(TestContext.Current.CancellationToken);
            lock (_lines)
            {
                if (_lines.Count(line => line.StartsWith(start, StringComparison.Ordinal)) >= times)
                    return;
            }

            Assert.False(_errorLoop.IsCompleted, string.Join('\n', _lines));
        }
    }

    /// <summary>What Ctrl-C on a terminal sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Kill() => _process.Kill();

    public async Task<Result> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _errorLoop;
        return new Result(_process.ExitCode, await _output, [.. _lines]);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _line.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_lines)
                _lines.Add(line);
            _line.Release();
        }

        _line.Release();
    }

    internal sealed record Result(int ExitCode, string Output, IReadOnlyList<string> Error)
    {
        public string ErrorText => string.Join('\n', Error);

        /// <summary>Fails with all of standard error unless that holds the text.</summary>
        public void AssertSays(string text) => Assert.True(ErrorText.Contains(text, StringComparison.Ordinal), $"'{text}' is not in:\n{ErrorText}");

        /// <summary>The stages that were reported, each with its outcome.</summary>
        public IReadOnlyList<string> Stages =>
            [.. Error.Where(line => !line.StartsWith("mp-install", StringComparison.Ordinal) && line.Length > 25 && line[0] != ' ')
                .Select(line => $"{line[..15].Trim()} {line[17..23].Trim()}")];
    }
}
