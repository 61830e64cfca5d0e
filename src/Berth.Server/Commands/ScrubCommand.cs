using System.CommandLine;
using System.Text.Json;
using Berth.Registry.Upkeep;
using Berth.Server.Configuration;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Server.Commands;

internal static class ScrubCommand
{
    public static Command Create(Surroundings around)
    {
        var now = new Option<bool>("--now") { Description = "Read as fast as the disk gives it" };
        var rate = new Option<string?>("--rate") { Description = "Read at most this much in a second [default: Scrub:MegabytesPerSecond]", HelpName = "MEGABYTES" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("scrub", "Read all content and compare it with its digests, beside the server or without it. Exit code 1: something is lost.")
        {
            now, rate,
        };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(now) && parsed.GetValue(rate) is not null)
                throw new CommandFailedException("--now reads without a limit and --rate sets one: give one of them", ExitCodes.Usage);
            var options = settings.Read(parsed, [new(SettingKeys.ScrubRate, parsed.GetValue(rate))]);
            var pace = parsed.GetValue(now) ? ReadPace.Unlimited : ScrubRun.PaceOf(options.Scrub.MegabytesPerSecond, around.Time);
            var report = await RunAsync(options, pace, around.Time, parsed.InvocationConfiguration.Error, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(output.IsJson(parsed)
                ? JsonSerializer.Serialize(report, UpkeepJson.Default.ScrubReport)
                : Text(report));
            return report.Lost == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static async Task<ScrubReport> RunAsync(
        ServerOptions options, ReadPace pace, TimeProvider time, TextWriter error, CancellationToken cancellationToken)
    {
        using var stores = SingleNodeStores.OpenForCommand(options.Data, time);
        var scrub = new ScrubRun(stores, options.Scrub.Peers, options.Collection.Trash, finding => error.WriteLine(Text(finding)), time);
        return await scrub.RunAsync(whole: true, pace, cancellationToken)
            ?? throw new CommandFailedException("the server or another command is scrubbing this data right now: wait until it is through");
    }

    private static string Text(ScrubFinding finding) => finding.Kind switch
    {
        ScrubFindingKind.Corrupt => $"{finding.Digest} ({finding.Size} B) is corrupt; put into quarantine",
        ScrubFindingKind.Missing => $"{finding.Digest} ({finding.Size} B) has no file",
        ScrubFindingKind.ReadWrongOnce => $"{finding.Digest} was read wrong once and right the second time: look after the disk and the memory",
        ScrubFindingKind.Healed => $"{finding.Digest} was healed{(finding.From is { } peer ? $" from {peer}" : "")}",
        ScrubFindingKind.PeerFailed => $"{finding.From} did not give {finding.Digest}: {finding.Problem}",
        _ => $"{finding.Digest} ({finding.Size} B) is a file that no row needs; put into the trash",
    };

    private static string Text(ScrubReport report) =>
        $"""
        checked   {report.Checked} blobs, {report.Bytes} B
        corrupt   {report.Corrupt}
        missing   {report.Missing}
        healed    {report.Healed}
        lost      {report.Lost}{(report.Lost > 0 ? "  (push them again, or name a registry that has them with Scrub:Peers)" : "")}
        orphans   {report.Orphans} files, {report.OrphanBytes} B
        removed   {report.Removed} files
        """;
}
