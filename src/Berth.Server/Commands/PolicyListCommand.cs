using System.CommandLine;
using System.Text.Json;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth policy list</c> and <c>berth policy show PREFIX</c>.</summary>
internal static class PolicyListCommand
{
    public static Command Create(Surroundings around, string name)
    {
        var prefix = name is "show" ? PolicyCommand.Prefix() : null;
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command(name, prefix is null ? "List the policies." : "Show one policy.");
        if (prefix is not null)
            command.Add(prefix);
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var store = new SqlitePolicyStore(stores.Database);
            var policies = prefix is null ? store.List() : [PolicyCommand.Require(store, PolicyCommand.ParsePrefix(parsed.GetRequiredValue(prefix)))];
            PolicyDocument[] documents = [.. policies.Select(PolicyDocument.Of)];
            var console = parsed.InvocationConfiguration.Output;
            if (output.IsJson(parsed))
                await console.WriteLineAsync(JsonSerializer.Serialize(documents, RetentionJson.Default.PolicyDocumentArray));
            else
                foreach (var document in documents)
                    await console.WriteLineAsync(document.ToLine());
            return ExitCodes.Success;
        });
        return command;
    }
}
