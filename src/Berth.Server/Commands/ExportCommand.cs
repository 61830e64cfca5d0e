using System.CommandLine;
using System.Text.Json;
using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Oci.Signing;
using Berth.Server.Backup;
using Berth.Server.Bundles;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth export</c>.</summary>
internal static class ExportCommand
{
    private static readonly string[] PasswordVariables = ["BERTH_KEY_PASSWORD", "COSIGN_PASSWORD"];

    public static Command Create(Surroundings around)
    {
        var names = new Argument<string[]>("NAME")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "REPOSITORY, REPOSITORY:TAG or REPOSITORY@DIGEST; without any, and without --pak, all that there is",
        };
        var file = new Option<string>("--file") { Description = "The bundle to write; - for standard output", HelpName = "FILE", Required = true };
        var paks = new Option<string[]>("--pak") { Description = "Take along this management pack, and the image that it names", HelpName = "FILE" };
        var since = new Option<string?>("--since") { Description = "Leave out what this earlier bundle, and those that it builds on, brought", HelpName = "BUNDLE" };
        var key = new Option<string?>("--key") { Description = "Sign the table of contents with this private key, ECDSA P-256 in PEM", HelpName = "PRIVATE.pem" };
        var (output, settings) = (new OutputOption(), new SettingOptions());
        var command = new Command("export", "Write images, and what belongs to them, into one file for where there is no way to this registry.")
        {
            names, file, paks, since, key,
        };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var signing = parsed.GetValue(key) is { } path ? LoadKey(path) : null;
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var report = await RunAsync(
                stores,
                new Request(parsed.GetValue(names) ?? [], parsed.GetValue(paks) ?? [], parsed.GetValue(since), parsed.GetRequiredValue(file)),
                signing,
                cancellationToken);
            // Standard output may be the bundle.
            var console = parsed.GetValue(file) == BundleTarget.StandardOutput ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output;
            await console.WriteLineAsync(output.IsJson(parsed) ? JsonSerializer.Serialize(report, BundleReportJson.Default.ExportReport) : Text(report));
            foreach (var absent in report.Absent)
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"berth: {absent} is named by a manifest, and this registry has it not; it is not in the bundle either");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<ExportReport> RunAsync(SingleNodeStores stores, Request request, PrivateKey? key, CancellationToken cancellationToken)
    {
        try
        {
            await using var since = request.Since is { } earlier ? await BundleFile.OpenAsync(earlier, null, cancellationToken) : null;
            var plan = new ExportPlan(stores.Database);
            var paks = new Dictionary<string, BundlePak>();
            foreach (var path in request.Paks)
                plan.Add(paks[path] = await PakFile.ReadAsync(path, cancellationToken));
            foreach (var name in request.Names)
                plan.Add(StoredName.Parse(name));
            if (request.Paks.Count + request.Names.Count == 0)
                plan.AddEverything();

            var files = paks.DistinctBy(pak => pak.Value.Digest).ToDictionary(pak => pak.Value.Digest, pak => pak.Key);
            var export = new BundleExport(stores, files);
            var contents = await export.DescribeAsync(plan, since, [.. paks.Values.DistinctBy(pak => pak.Digest)], cancellationToken);
            await using var target = BundleTarget.Open(request.File);
            var (id, length) = await export.WriteAsync(target.Stream, contents, key, cancellationToken);
            await target.CompleteAsync(cancellationToken);
            return Report(contents, id, length, key is not null);
        }
        catch (Exception e) when (e is BundleException or BundleFailedException or IOException)
        {
            throw new CommandFailedException(e.Message);
        }
    }

    private static ExportReport Report(BundleContents contents, Digest id, long length, bool signed)
    {
        var manifests = contents.Repositories.SelectMany(repository => repository.Manifests).Select(manifest => manifest.Digest).ToHashSet();
        return new ExportReport(
            id.ToString(), [.. contents.BuildsOn.Select(bundle => bundle.ToString())], signed, contents.Repositories.Count,
            contents.Content.Count(content => manifests.Contains(content.Digest)), contents.Repositories.Sum(repository => repository.Tags.Count),
            contents.Paks.Count, contents.Content.Count(content => !manifests.Contains(content.Digest)), length, contents.Elsewhere.Count,
            [.. contents.Absent.Select(digest => digest.ToString())]);
    }

    private static string Text(ExportReport report)
    {
        var text = $"{report.Bundle}: {report.Repositories} repositories, {report.Manifests} manifests, {report.Tags} tags, {report.Blobs} blobs, "
            + $"{report.Paks} management packs; {FreeSpace.Text(report.Bytes)}{(report.Signed ? ", signed" : ", not signed")}";
        return report.BuildsOn is [.., var last] ? $"{text}\nbuilds on {last}, which brought {report.Elsewhere} of what it names" : text;
    }

    internal static PrivateKey LoadKey(string path)
    {
        try
        {
            return PrivateKey.Load(path, Environment.GetEnvironmentVariable, PasswordVariables);
        }
        catch (KeyException e)
        {
            throw new CommandFailedException(e.Message, ExitCodes.Usage);
        }
    }

    private sealed record Request(IReadOnlyList<string> Names, IReadOnlyList<string> Paks, string? Since, string File);
}
