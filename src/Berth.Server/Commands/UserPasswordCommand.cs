using System.CommandLine;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class UserPasswordCommand
{
    public static Command Create(Surroundings around)
    {
        var name = new Argument<string>("NAME");
        var fromInput = PasswordInput.Option();
        var settings = new SettingOptions();
        var command = new Command("password", "Give a user another password. The old one is refused from then on.") { name, fromInput };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var user = parsed.GetRequiredValue(name);
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var hash = PasswordInput.ReadHash(around, parsed.InvocationConfiguration.Error, parsed.GetValue(fromInput), "password", user);
            if (!await stores.Accounts.SetPasswordAsync(user, hash, cancellationToken))
                throw new CommandFailedException($"there is no user '{user}'; 'berth user list' shows who there is");
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The password of '{user}' was changed.");
            return ExitCodes.Success;
        });
        return command;
    }
}
