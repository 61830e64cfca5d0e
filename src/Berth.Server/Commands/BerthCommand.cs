using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Server.Backup;
using Berth.Server.Configuration;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary>The command line of <c>berth</c>. Data goes to standard output, everything else to standard error.</summary>
internal static class BerthCommand
{
    public static async Task<int> RunAsync(string[] arguments, Surroundings around, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Berth, a container registry: push with a login, pull without one.")
        {
            ServeCommand.Create(around),
            UserCommand.Create(around),
            ExportCommand.Create(around),
            ImportCommand.Create(around),
            BackupCommand.Create(around),
            RestoreCommand.Create(around),
            CollectCommand.Create(around),
            PolicyCommand.Create(around),
            PinCommand.Create(around),
            ScrubCommand.Create(around),
            ExplainCommand.Create(around),
            TrashCommand.Create(around),
            RestoreDeletedCommand.Create(around),
            RepositoryCommand.Create(around),
            DoctorCommand.Create(around),
        };
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors is [var first, ..])
        {
            var problem = parsed.UnmatchedTokens is [var stray, ..] ? $"'{stray}' is not known here." : first.Message;
            await error.WriteLineAsync($"berth: {problem} See '{Usage(parsed.CommandResult)} --help'.");
            return ExitCodes.Usage;
        }

        // The server waits for its requests itself when it is told to stop; the parser must not cut that short.
        var invocation = new InvocationConfiguration
        {
            Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception e) when (ExitCodeOf(e) is { } code)
        {
            await error.WriteLineAsync($"berth: {e.Message}");
            return code;
        }
    }

    /// <summary>Null for what nobody at the command line can mend: that is a bug, and it is shown as one.</summary>
    private static int? ExitCodeOf(Exception e) => e switch
    {
        CommandFailedException failed => failed.ExitCode,
        ConfigurationException => ExitCodes.Usage,
        StorageUnusableException or StartFailedException or BackupFailedException => ExitCodes.Failure,
        _ => null,
    };

    private static string Usage(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Usage(parent)} {result.Command.Name}" : "berth";
}
