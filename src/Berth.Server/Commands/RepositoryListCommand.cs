using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class RepositoryListCommand
{
    public static Command Create(Surroundings around)
    {
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("list", "List the repositories that hold something.");
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            RepositorySum[] repositories = [.. new SqliteRepositories(stores.Database).List()];
            var console = parsed.InvocationConfiguration.Output;
            if (output.IsJson(parsed))
                await console.WriteLineAsync(JsonSerializer.Serialize(repositories, RetentionJson.Default.RepositorySumArray));
            else
                foreach (var one in repositories)
                    await console.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Name} ({one.Manifests} manifests, {one.Tags} tags)"));
            return ExitCodes.Success;
        });
        return command;
    }
}
