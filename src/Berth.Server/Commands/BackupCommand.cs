using System.CommandLine;
using System.Text.Json;
using Berth.Server.Backup;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary>Copies a registry while its server runs.</summary>
internal static class BackupCommand
{
    public static Command Create(Surroundings around)
    {
        var target = new Argument<string>("DIR") { Description = "Directory of backups; empty, or one that was backed up into before" };
        var verify = new Option<bool>("--verify") { Description = "Also hash what earlier backups copied, and copy again what is damaged" };
        var link = new Option<bool>("--link") { Description = "Link content that is on the same file system instead of copying it; a damaged file is then damaged in both" };
        var keep = new Option<int?>("--keep") { Description = "Remove all backups but the newest N, and content that none of these needs", HelpName = "N" };
        keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--keep takes a number from 1 on.");
        });
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("backup", "Copy the registry into a directory of backups, whether or not it is running.")
        {
            target, verify, link, keep, BackupListCommand.Create(),
        };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new BackupOptions(parsed.GetValue(verify), parsed.GetValue(link), parsed.GetValue(keep));
            var report = await RunAsync(settings.Read(parsed, []).Data, parsed.GetRequiredValue(target), options, around.Time, cancellationToken);
            var (console, talk) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            await console.WriteLineAsync(output.IsJson(parsed) ? JsonSerializer.Serialize(report, BackupJson.Default.BackupReport) : Text(report));
            foreach (var problem in Problems(report))
                await talk.WriteLineAsync($"berth: {problem}");
            return report.HasProblems() ? ExitCodes.Failure : ExitCodes.Success;
        });
        return command;
    }

    private static async Task<BackupReport> RunAsync(
        string path, string target, BackupOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stores = SingleNodeStores.OpenForCommand(path, time);
        var data = stores.Directory.Root + '/';
        if ((Path.GetFullPath(target) + '/').StartsWith(data, StringComparison.Ordinal))
            throw new BackupFailedException($"'{target}' is part of the registry's own data directory: name a directory elsewhere, best on another disk");
        using var directory = BackupDirectory.OpenForWriting(target);
        return await new BackupRun(stores, directory, options, time).RunAsync(cancellationToken);
    }

    private static string Text(BackupReport report)
    {
        var line = $"{report.Backup}: {report.Blobs} blobs, {FreeSpace.Text(report.Bytes)}; "
            + $"new are {report.NewBlobs} blobs, {FreeSpace.Text(report.NewBytes)}, and the database, {FreeSpace.Text(report.DatabaseBytes)}";
        if (report.VerifiedBlobs > 0)
            line += $"\n{report.VerifiedBlobs} blobs of earlier backups verified, {report.HealedBlobs} copied again";
        if (report.RemovedBackups.Length > 0)
            line += $"\n{report.RemovedBackups.Length} older backups removed, and {report.RemovedBlobs} blobs, {FreeSpace.Text(report.RemovedBytes)}";
        return line;
    }

    private static IEnumerable<string> Problems(BackupReport report)
    {
        foreach (var problem in report.Missing)
        {
            var where = problem.Repositories.Length == 0 ? "of no repository" : $"of {string.Join(", ", problem.Repositories)}";
            yield return $"{problem.Digest} {where} is {problem.Problem}: push it again, or 'berth scrub' with a peer heals it";
        }

        if (report.MissingBlobs > report.Missing.Length)
            yield return $"and {report.MissingBlobs - report.Missing.Length} more";
        foreach (var what in report.DamagedEarlier)
            yield return $"{what} is damaged in '{report.Directory}', and only earlier backups need it: a restore of these will say what it lacks";
    }
}
