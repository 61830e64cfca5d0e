using System.CommandLine;
using System.Text.Json;
using Berth.Server.Api;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class UserListCommand
{
    public static Command Create(Surroundings around)
    {
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("list", "List the users.");
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            UserDocument[] users =
                [.. (await stores.Accounts.ListAccountsAsync(cancellationToken)).Select(account => new UserDocument(account.Name, account.IsAdministrator))];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(output.IsJson(parsed)
                ? JsonSerializer.Serialize(users, ServerJson.Default.UserDocumentArray)
                : string.Join('\n', users.Select(user => user.Admin ? $"{user.Name} (admin)" : user.Name)));
            return ExitCodes.Success;
        });
        return command;
    }
}

internal sealed record UserDocument(string Name, bool Admin);
