using System.CommandLine;
using System.Text.Json;
using Berth.Server.Configuration;
using Berth.Server.Doctor;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Server.Commands;

internal static class DoctorCommand
{
    public static Command Create(Surroundings around)
    {
        var full = new Option<bool>("--full") { Description = "Look at every file instead of a sample" };
        var certificate = new Option<string?>("--tls-cert") { Description = "The certificate that the server is started with, PEM", HelpName = "FILE" };
        var key = new Option<string?>("--tls-key") { Description = "The certificate's private key, PEM", HelpName = "FILE" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("doctor", "Look at the registry's data and surroundings, one finding a line, each with its fix. Exit code 1: something fails.")
        {
            full, certificate, key,
        };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var options = settings.Read(
                parsed, [new(SettingKeys.TlsCertificate, parsed.GetValue(certificate)), new(SettingKeys.TlsKey, parsed.GetValue(key))]);
            var scene = new Scene(DataDirectory.OpenExisting(options.Data), options, around.Time, parsed.GetValue(full));
            var findings = Examination.Run(scene).ToList();
            await parsed.InvocationConfiguration.Output.WriteLineAsync(output.IsJson(parsed)
                ? JsonSerializer.Serialize([.. findings.Select(FindingDocument.Of)], UpkeepJson.Default.FindingDocumentArray)
                : string.Join('\n', findings));
            return findings.Exists(finding => finding.Level is FindingLevel.Fail) ? ExitCodes.Failure : ExitCodes.Success;
        });
        return command;
    }
}
