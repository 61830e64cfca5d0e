using System.CommandLine;
using System.Text.Json;
using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Oci.Signing;
using Berth.Server.Backup;
using Berth.Server.Bundles;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "A bundle that 'berth export' wrote" };
        var key = new Option<string?>("--key") { Description = "Refuse the bundle unless the holder of this public key signed it", HelpName = "PUBLIC.pem" };
        var paks = new Option<string?>("--paks") { Description = "Directory to write the bundle's management packs into", HelpName = "DIR" };
        var (output, settings) = (new OutputOption(), new SettingOptions());
        var command = new Command("import", "Take in a bundle that 'berth export' wrote. Works while the server runs, and may be repeated.") { file, key, paks };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifying = parsed.GetValue(key) is { } path ? LoadKey(path) : null;
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            var report = await RunAsync(
                stores, parsed.GetRequiredValue(file), verifying, parsed.GetValue(paks), options.Collection.Grace, around.Time, cancellationToken);
            var (console, talk) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            await console.WriteLineAsync(output.IsJson(parsed) ? JsonSerializer.Serialize(report, BundleReportJson.Default.ImportReport) : Text(report));
            foreach (var tag in report.KeptTags)
                await talk.WriteLineAsync($"berth: {tag} names something else here, and a policy keeps it from being moved; the manifest is there by its digest");
            return report.KeptTags.Length > 0 ? ExitCodes.Failure : ExitCodes.Success;
        });
        return command;
    }

    private static async Task<ImportReport> RunAsync(
        SingleNodeStores stores, string file, PublicKey? key, string? paks, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await using var bundle = await BundleFile.OpenAsync(file, key, cancellationToken);
            var report = await new BundleImport(stores, bundle, grace, time).RunAsync(cancellationToken);
            return paks is null ? report : report with { Paks = [.. await BundlePaks.WriteAsync(bundle, paks, cancellationToken)] };
        }
        catch (Exception e) when (e is BundleException or BundleFailedException or OciException or IOException)
        {
            throw new CommandFailedException(e.Message);
        }
    }

    private static string Text(ImportReport report)
    {
        var signature = report.Trust switch
        {
            "verified" => "the signature is good",
            "unchecked" => "signed, and not checked: --key would",
            _ => "not signed",
        };
        var text = $"{report.Bundle} ({signature}): {report.Manifests} manifests, {report.NewManifests} of them new; {report.Blobs} blobs, "
            + $"{report.NewBlobs} new, {FreeSpace.Text(report.NewBytes)}; {report.Tags} tags, {report.MovedTags} set";
        return report.Paks.Length == 0 ? text : $"{text}\n{string.Join('\n', report.Paks)}";
    }

    private static PublicKey LoadKey(string path)
    {
        try
        {
            return PublicKey.Load(path);
        }
        catch (KeyException e)
        {
            throw new CommandFailedException(e.Message, ExitCodes.Usage);
        }
    }
}
