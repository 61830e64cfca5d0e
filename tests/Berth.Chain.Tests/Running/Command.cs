using System.Collections.Immutable;
using System.Diagnostics;

namespace Berth.Chain.Tests.Running;

/// <summary>A command line with its environment, run to its end or started in the background.</summary>
internal sealed record Command(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>What the process reads from its standard input.</summary>
    public string Input { get; init; } = "";

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(3);

    public string? WorkingDirectory { get; init; }

    private ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Sets a variable, beside those that this process has.</summary>
    public Command With(string variable, string value) => this with { Environment = Environment.SetItem(variable, value) };

    public Command Reading(string input) => this with { Input = input };

    public async Task<CommandResult> SucceedAsync() => (await RunAsync()).Succeeded();

    /// <summary>Runs to the end. A process that outlives the limit is killed, with its children, and the test fails.</summary>
    public async Task<CommandResult> RunAsync()
    {
        using var process = Start();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ending.CancelAfter(Limit);
        try
        {
            // Both streams are read while the process runs: a full pipe would stop it.
            var output = process.StandardOutput.ReadToEndAsync(ending.Token);
            var errors = process.StandardError.ReadToEndAsync(ending.Token);
            await process.StandardInput.WriteAsync(Input.AsMemory(), ending.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(ending.Token);
            return new(ToString(), process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{this} did not end within {Limit}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public Process Start()
    {
        var start = new ProcessStartInfo(FileName, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingDirectory ?? "",
        };
        foreach (var (variable, value) in Environment)
            start.Environment[variable] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{this} did not start");
    }

    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);
}
