using System.CommandLine;
using Berth.Packaging.Doctor;

namespace Berth.MpInstall;

/// <summary><c>mp-install verify</c>.</summary>
internal static class VerifyCommandLine
{
    public static Command Create()
    {
        var (pak, output, registry) = (LookOptions.Pak(), LookOptions.Output(), LookOptions.DefaultRegistry());
        var key = new Option<string?>("--key")
        {
            Description = "Public key that the image has to be signed with. Without it a signature is looked for, and not judged.",
            HelpName = "PUBLIC.pem",
        };
        var command = new Command("verify", $"""
            Finds out whether pak and registry agree: the registry has the image that the pak names, with all that belongs to it, has this very pak
            beside it, and a signature of the image that is good.

            {LookExitCodes.Help("they agree", $"{LookExitCodes.Verify}   they do not")}
            """)
        {
            pak, key, registry, output,
        };
        command.SetAction((parsed, cancellationToken) => LookCommand.RunAsync(
            command.Name,
            token => RunAsync(
                LookOptions.Check(parsed, pak, registry), parsed.GetValue(key), parsed.GetValue(output) == LookOptions.Json, token),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(PakCheckOptions options, string? key, bool json, CancellationToken cancellationToken)
    {
        var report = await new PakVerification(options, key).RunAsync(cancellationToken);
        var code = report.IsGood ? ExitCodes.Success : LookExitCodes.Verify;
        PakReportDocument.Write(options.Pak, report, code, json);
        return code;
    }
}
