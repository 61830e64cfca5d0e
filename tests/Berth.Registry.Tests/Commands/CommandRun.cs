using Berth.Registry.Tests.Api;
using Berth.Server.Commands;

namespace Berth.Registry.Tests.Commands;

/// <summary>What one run of the command line gave.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> OfAsync(string input, params string[] arguments) => OfAsync(input, TimeProvider.System, arguments);

    /// <summary>At a time that the test sets, with nothing to read.</summary>
    public static Task<CommandRun> OfAsync(TimeProvider time, params string[] arguments) => OfAsync("", time, arguments);

    private static async Task<CommandRun> OfAsync(string input, TimeProvider time, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var around = new Surroundings(reader, InputIsTerminal: false, _ => null, time) { PasswordCost = BerthServer.CheapestBcrypt };
        var code = await BerthCommand.RunAsync(arguments, around, output, error);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>It failed with one line that contains <paramref name="text"/>, and printed no data.</summary>
    public void AssertFailed(int exitCode, string text)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Equal("", Output);
        Assert.Contains(text, Error, StringComparison.Ordinal);
        Assert.StartsWith("berth: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
    }
}
