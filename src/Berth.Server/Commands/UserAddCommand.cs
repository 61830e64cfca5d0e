using System.CommandLine;
using Berth.Registry.Access;
using Berth.Server.Auth;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class UserAddCommand
{
    public static Command Create(Surroundings around)
    {
        var name = new Argument<string>("NAME") { Description = "Letters, digits, '.', '_', '-' or '@'" };
        var administrator = new Option<bool>("--admin") { Description = "May also delete, and list all repositories" };
        var fromInput = PasswordInput.Option();
        var settings = new SettingOptions();
        var command = new Command("add", "Add a user, who may then push.") { name, administrator, fromInput };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var user = parsed.GetRequiredValue(name);
            if (!AccountName.IsValid(user))
                throw new CommandFailedException($"'{user}' cannot be a user name: {AccountName.Rule}", ExitCodes.Usage);
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var hash = PasswordInput.ReadHash(around, parsed.InvocationConfiguration.Error, parsed.GetValue(fromInput), "add", user);
            var account = new Account(user, hash, parsed.GetValue(administrator));
            if (!await stores.Accounts.AddAccountAsync(account, around.Time.GetUtcNow(), cancellationToken))
                throw new CommandFailedException($"there is a user '{user}' already; 'berth user password {user}' changes the password");
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The user '{user}' was added.");
            return ExitCodes.Success;
        });
        return command;
    }
}
