using System.CommandLine;
using Berth.Registry.Access;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth policy enable</c>, <c>disable</c> and <c>remove</c>.</summary>
internal static class PolicySwitchCommands
{
    public static Command CreateEnable(Surroundings around) => Create(
        around, "enable", "Let a policy remove, from the next collection on. It has to be previewed as it is.", "enabled",
        async (policies, prefix, cancellationToken) =>
        {
            var policy = PolicyCommand.Require(policies, prefix);
            if (!policy.RemovesAnything)
                throw new CommandFailedException($"the policy '{prefix}' removes nothing; its immutable tags are in force already");
            if (!await policies.EnableAsync(prefix, around.Time.GetUtcNow(), cancellationToken))
            {
                throw new CommandFailedException(
                    $"nobody has looked at what the policy '{prefix}' removes since it was set: run 'berth policy preview {prefix}' first");
            }
        });

    public static Command CreateDisable(Surroundings around) => Create(
        around, "disable", "Let a policy remove nothing more. Its immutable tags stay in force.", "disabled",
        async (policies, prefix, cancellationToken) =>
        {
            if (!await policies.DisableAsync(prefix, cancellationToken))
                throw PolicyCommand.NoPolicy(prefix);
        });

    public static Command CreateRemove(Surroundings around) => Create(
        around, "remove", "Remove a policy, its immutable tags included.", "removed",
        async (policies, prefix, cancellationToken) =>
        {
            if (!await policies.RemoveAsync(prefix, cancellationToken))
                throw PolicyCommand.NoPolicy(prefix);
        });

    private static Command Create(
        Surroundings around, string name, string description, string done, Func<SqlitePolicyStore, RepositoryPrefix, CancellationToken, Task> work)
    {
        var argument = PolicyCommand.Prefix();
        var settings = new SettingOptions();
        var command = new Command(name, description) { argument };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var prefix = PolicyCommand.ParsePrefix(parsed.GetRequiredValue(argument));
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            await work(new SqlitePolicyStore(stores.Database), prefix, cancellationToken);
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The policy '{prefix}' was {done}.");
            return ExitCodes.Success;
        });
        return command;
    }
}
