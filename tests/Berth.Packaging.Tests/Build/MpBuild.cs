using System.Diagnostics;

namespace Berth.Packaging.Tests.Build;

/// <summary>Runs the real mp-build as a process, with no login stored anywhere.</summary>
internal sealed class MpBuild : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    private MpBuild(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <param name="directory">Where it is started.</param>
    /// <param name="environment">Beside the tests' own; null removes a variable.</param>
    public static MpBuild Start(string directory, string[] arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mp-build"), arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOCKER_CONFIG"] = directory;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new MpBuild(Process.Start(start)!);
    }

    public static async Task<Result> RunAsync(string directory, string[] arguments, params (string Name, string? Value)[] environment)
    {
        using var run = Start(directory, arguments, environment);
        run._process.StandardInput.Close();
        return await run.EndAsync();
    }

    public async Task WriteInputAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        _process.StandardInput.Close();
    }

    /// <summary>Waits for a line of standard error that contains this text. What was before it is gone from the result.</summary>
    public async Task WaitForAsync(string text)
    {
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"mp-build ended without a line with '{text}'.");
    }

    /// <summary>What Ctrl-C on a terminal sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<Result> EndAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Result(_process.ExitCode, await _output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>The lines that say what went wrong.</summary>
        public IReadOnlyList<string> Problems =>
            [.. Error.Split('\n').Where(line => line.StartsWith("mp-build: ", StringComparison.Ordinal)).Select(line => line["mp-build: ".Length..])];
    }
}
