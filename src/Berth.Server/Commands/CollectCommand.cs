using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Berth.Registry.Collection;
using Berth.Server.Api;
using Berth.Server.Collection;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth gc</c>.</summary>
internal static class CollectCommand
{
    public static Command Create(Surroundings around)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would go, and change nothing" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("gc", "Take away what nothing names any more, first into the trash. Works while the server runs, which does it every hour.") { dryRun };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            var collection = new StoreCollection(stores, options.Collection, around.Time);
            var isDry = parsed.GetValue(dryRun);
            var removals = isDry ? collection.FindAsync(cancellationToken) : collection.RunAsync(cancellationToken);
            try
            {
                await PrintAsync(removals, output.IsJson(parsed), isDry, parsed.InvocationConfiguration);
            }
            catch (CollectionBusyException e)
            {
                throw new CommandFailedException(e.Message);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task PrintAsync(IAsyncEnumerable<Removal> removals, bool json, bool isDry, InvocationConfiguration console)
    {
        var sum = new CollectionSum();
        await foreach (var removal in removals)
        {
            sum.Add(removal);
            var document = RemovalDocument.Of(removal);
            await console.Output.WriteLineAsync(json ? JsonSerializer.Serialize(document, ServerJson.Default.RemovalDocument) : document.ToLine());
        }

        var would = isDry ? "would go " : "went ";
        await console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{sum.Trashed} {would}into the trash ({sum.TrashedBytes} B), {sum.Purged} {would}out of it for good ({sum.PurgedBytes} B)."));
    }
}
