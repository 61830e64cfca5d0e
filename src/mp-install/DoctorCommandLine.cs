using System.CommandLine;
using Berth.Packaging.Doctor;

namespace Berth.MpInstall;

/// <summary><c>mp-install doctor</c>.</summary>
internal static class DoctorCommandLine
{
    public static Command Create()
    {
        var (pak, output, registry) = (LookOptions.Pak(), LookOptions.Output(), LookOptions.DefaultRegistry());
        var saveCa = new Option<string?>("--save-ca")
        {
            Description = "Write the certificate that each Cloud Proxy has to be given to this file, if there is one.",
            HelpName = "FILE",
        };
        var remote = new RemoteOptions();
        var from = RemoteOptions.Target("--from", "Run the check on this host, over SSH, instead of here: ssh://USER@HOST[:PORT].");
        var command = new Command("doctor", $"""
            Finds out, from this host or from another one, whether the image of a pak can be pulled as a Cloud Proxy does it: without a login, by its digest. Nothing is
            pulled. Each finding is a line, with its fix. The container engine of this host is asked, too, when there is one.

            {LookExitCodes.Help("it can be pulled from here", $"{LookExitCodes.Doctor}   it cannot\n  {LookExitCodes.Remote}   the host of --from cannot be worked on")}
            """)
        {
            pak, registry, saveCa, output, from, remote.Identity, remote.KnownHosts,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is not null && result.GetValue(saveCa) is not null)
                result.AddError("--save-ca does not go with --from.");
        });
        command.SetAction((parsed, cancellationToken) => LookCommand.RunAsync(
            command.Name,
            token => parsed.GetValue(from) is { } target
                ? RemoteDoctor.RunAsync(target, remote.Access(parsed), LookOptions.Check(parsed, pak, registry), parsed.GetValue(output)!, token)
                : RunAsync(LookOptions.Check(parsed, pak, registry), parsed.GetValue(saveCa), parsed.GetValue(output) == LookOptions.Json, token),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(PakCheckOptions options, string? saveCa, bool json, CancellationToken cancellationToken)
    {
        var report = await new PakCheck(options).RunAsync(cancellationToken);
        var code = report.IsGood ? ExitCodes.Success : LookExitCodes.Doctor;
        PakReportDocument.Write(options.Pak, report, code, json, Save(saveCa, report.Authority));
        return code;
    }

    /// <returns>Full path of what was written; null when nothing had to be.</returns>
    private static string? Save(string? file, ServedAuthority? authority)
    {
        if (file is null)
            return null;
        if (authority is null)
        {
            Console.Error.WriteLine($"note: {file} is not written: no Cloud Proxy has to be given a certificate");
            return null;
        }

        try
        {
            File.WriteAllText(file, authority.Pem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--save-ca: {file} cannot be written: {e.Message}");
        }

        Console.Error.WriteLine($"note: {file} holds the certificate of '{authority.Subject}'");
        if (!authority.IsRoot)
            Console.Error.WriteLine("note: it is the highest one that the server sends, and not its authority's own: ask whoever runs the registry for that");
        return Path.GetFullPath(file);
    }
}
