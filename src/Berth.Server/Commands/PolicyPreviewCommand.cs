using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Berth.Registry.Collection;
using Berth.Registry.Retention;
using Berth.Server.Api;
using Berth.Server.Configuration;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth policy preview</c>.</summary>
internal static class PolicyPreviewCommand
{
    public static Command Create(Surroundings around)
    {
        var prefix = PolicyCommand.Prefix();
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("preview", "Show what a policy would remove now, whether it is enabled or not. Changes nothing.") { prefix };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            var policies = new SqlitePolicyStore(stores.Database);
            var policy = PolicyCommand.Require(policies, PolicyCommand.ParsePrefix(parsed.GetRequiredValue(prefix)));
            var now = around.Time.GetUtcNow();
            var (console, json, count) = (parsed.InvocationConfiguration, output.IsJson(parsed), 0);
            await foreach (var removal in Collector(stores, policy, options).RunAsync(dryRun: true, now, cancellationToken))
            {
                var document = RemovalDocument.Of(removal);
                await console.Output.WriteLineAsync(json ? JsonSerializer.Serialize(document, ServerJson.Default.RemovalDocument) : document.ToLine());
                count++;
            }

            if (!await policies.NotePreviewAsync(policy, now, cancellationToken))
                throw new CommandFailedException($"the policy '{policy.Prefix}' was changed meanwhile: preview it again");
            await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} would go into the trash."));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Collector Collector(SingleNodeStores stores, RetentionPolicy policy, ServerOptions options)
    {
        var store = new SqliteRetentionStore(stores.Database);
        return new Collector([new RetiredManifests(store, options.Collection.PulledWithin, policy.Prefix), new RetiredTags(store, policy.Prefix)]);
    }
}
