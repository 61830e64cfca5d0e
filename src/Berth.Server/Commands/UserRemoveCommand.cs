using System.CommandLine;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class UserRemoveCommand
{
    public static Command Create(Surroundings around)
    {
        var name = new Argument<string>("NAME");
        var settings = new SettingOptions();
        var command = new Command("remove", "Remove a user. Logins and tokens of that name are refused from then on.") { name };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var user = parsed.GetRequiredValue(name);
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            if (!await stores.Accounts.RemoveAccountAsync(user, cancellationToken))
                throw new CommandFailedException($"there is no user '{user}'; 'berth user list' shows who there is");
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The user '{user}' was removed.");
            return ExitCodes.Success;
        });
        return command;
    }
}
