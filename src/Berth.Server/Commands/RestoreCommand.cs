using System.CommandLine;
using System.Text.Json;
using Berth.Server.Backup;

namespace Berth.Server.Commands;

/// <summary>Makes a new data directory of a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create(Surroundings around)
    {
        var source = new Argument<string>("DIR") { Description = "Directory of backups" };
        var name = new Option<string?>("--backup") { Description = "Which one, as 'berth backup list' names it [default: the newest that is complete]", HelpName = "TIME" };
        var allowMissing = new Option<bool>("--allow-missing") { Description = "Restore what there is when content is missing from the backup or damaged" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("restore", "Make a new data directory of a backup. Every byte is verified.") { source, name, allowMissing };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (console, talk) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            using var directory = BackupDirectory.OpenForReading(parsed.GetRequiredValue(source));
            var backup = await ChooseAsync(directory, parsed.GetValue(name), talk);
            var data = settings.Read(parsed, []).Data;
            using var target = RestoreTarget.Open(data);
            var allowed = parsed.GetValue(allowMissing);
            var report = await new RestoreRun(directory, backup, target, around.Time).RunAsync(data, allowed, cancellationToken);
            foreach (var digest in report.Missing)
                await talk.WriteLineAsync($"berth: {digest} is missing from '{directory.Root}' or damaged there");
            if (report.Missing.Length > 0 && !allowed)
            {
                throw new CommandFailedException(
                    $"nothing was restored, because {report.Missing.Length} blobs are missing: restore another backup, or take what there is with --allow-missing");
            }

            await console.WriteLineAsync(output.IsJson(parsed)
                ? JsonSerializer.Serialize(report, BackupJson.Default.RestoreReport)
                : $"{report.Backup} was restored into {data}: {report.Blobs} blobs, {FreeSpace.Text(report.Bytes)}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<StoredBackup> ChooseAsync(BackupDirectory directory, string? name, TextWriter talk)
    {
        var all = directory.List();
        if (name is not null)
        {
            return all.FirstOrDefault(backup => backup.Name == name)
                ?? throw new BackupFailedException($"there is no backup '{name}' in '{directory.Root}': 'berth backup list' shows which there are");
        }

        if (all.Count == 0)
            throw new BackupFailedException($"'{directory.Root}' holds no backup that was finished");
        var chosen = all.LastOrDefault(backup => backup.Table is { IsComplete: true }) ?? all[^1];
        if (chosen != all[^1])
            await talk.WriteLineAsync($"berth: {all[^1].Name} is newer and not complete; --backup {all[^1].Name} --allow-missing restores what it has");
        return chosen;
    }
}
