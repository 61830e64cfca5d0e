using System.CommandLine;
using Berth.Packaging.Inspect;

namespace Berth.MpInstall;

/// <summary><c>mp-install inspect</c>.</summary>
internal static class InspectCommandLine
{
    public static Command Create()
    {
        var (pak, output) = (LookOptions.Pak(), LookOptions.Output());
        var command = new Command("inspect", $"""
            Shows what is in a pak: which image it needs, its manifest, what its adapter describes, and its files.

            {LookExitCodes.Help("shown")}
            """)
        {
            pak, output,
        };
        command.SetAction((parsed, cancellationToken) => LookCommand.RunAsync(
            command.Name, token => RunAsync(parsed.GetRequiredValue(pak), parsed.GetValue(output) == LookOptions.Json, token), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string pak, bool json, CancellationToken cancellationToken)
    {
        var inspection = await PakInspection.ReadAsync(pak, cancellationToken);
        if (json)
            Console.Out.WriteLine(InspectDocument.Of(pak, inspection).ToJson());
        else
            InspectLines.Write(pak, inspection, Console.Out);
        return ExitCodes.Success;
    }
}
