namespace Berth.Chain.Tests.Running;

/// <summary>How a process ended and all it wrote.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Errors)
{
    /// <summary>Of a command that there was no need to run.</summary>
    public static CommandResult Nothing { get; } = new("", 0, "", "");

    /// <summary>Of the output: what commands print that print one value.</summary>
    public string LastLine => Output.TrimEnd().Split('\n')[^1];

    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, Text);
        return this;
    }

    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, Text);
        return this;
    }

    private string Text => $"{CommandLine}\nended with {ExitCode}\n{Output}\n{Errors}";

    public override string ToString() => Text;
}
