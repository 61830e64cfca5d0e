using System.Diagnostics;
using System.Text;

namespace Berth.Packaging.Tests.Build;

/// <summary>mp-build at a terminal, with somebody who types.</summary>
internal sealed class TerminalSession : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _seen = new();

    private TerminalSession(Process process) => _process = process;

    /// <summary>All that the terminal has shown, with its control sequences.</summary>
    public string Seen => _seen.ToString();

    /// <param name="directory">Where it is started, and where no login is stored.</param>
    public static TerminalSession Start(string directory, string[] arguments, params (string Name, string? Value)[] environment)
    {
        // Of util-linux: gives a program a terminal of its own, fed from standard input.
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", CommandLine(arguments), "/dev/null"])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOCKER_CONFIG"] = directory;
        start.Environment["HOME"] = directory;
        start.Environment["TERM"] = "xterm";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new TerminalSession(Process.Start(start)!);
    }

    /// <summary>Waits for a text on the screen, and types.</summary>
    public async Task AnswerAsync(string question, string answer)
    {
        await WaitForAsync(question);
        await _process.StandardInput.WriteAsync($"{answer}\r");
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        while (await ReadAsync())
        {
            // To its end.
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>On a terminal so wide that no line is broken.</summary>
    private static string CommandLine(string[] arguments) =>
        "stty cols 500; exec " + string.Join(' ', new[] { Path.Combine(AppContext.BaseDirectory, "mp-build") }.Concat(arguments).Select(word => $"'{word}'"));

    private async Task WaitForAsync(string text)
    {
        for (var from = _seen.Length; !_seen.ToString(from, _seen.Length - from).Contains(text, StringComparison.Ordinal);)
            Assert.True(await ReadAsync(), $"mp-build ended without '{text}': {Seen}");
    }

    private async Task<bool> ReadAsync()
    {
        var buffer = new char[4096];
        var read = await _process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken);
        _seen.Append(buffer, 0, read);
        return read > 0;
    }
}
