using System.CommandLine;
using System.Text.Json;
using Berth.Server.Backup;

namespace Berth.Server.Commands;

internal static class BackupListCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("DIR") { Description = "Directory of backups" };
        var output = new OutputOption();
        var command = new Command("list", "List the backups of a directory, the oldest first.") { target };
        output.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            BackupLine[] lines = [.. BackupDirectory.ListWithoutLock(parsed.GetRequiredValue(target)).Select(BackupLine.Of)];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(output.IsJson(parsed)
                ? JsonSerializer.Serialize(lines, BackupJson.Default.BackupLineArray)
                : string.Join('\n', lines.Select(line => line.ToText())));
            return ExitCodes.Success;
        });
        return command;
    }
}
