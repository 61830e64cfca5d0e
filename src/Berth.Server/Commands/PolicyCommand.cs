using System.CommandLine;
using Berth.Oci;
using Berth.Registry.Access;
using Berth.Registry.Retention;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class PolicyCommand
{
    public static Command Create(Surroundings around) => new("policy", "Say which tags and untagged manifests may go. Works while the server runs.")
    {
        PolicySetCommand.Create(around),
        PolicyListCommand.Create(around, "list"),
        PolicyListCommand.Create(around, "show"),
        PolicyPreviewCommand.Create(around),
        PolicySwitchCommands.CreateEnable(around),
        PolicySwitchCommands.CreateDisable(around),
        PolicySwitchCommands.CreateRemove(around),
    };

    public static Argument<string> Prefix() => new("PREFIX")
    {
        Description = "Beginning of repository names, such as packs; * for all. The longest one that covers a repository counts alone",
    };

    /// <exception cref="CommandFailedException">It is no prefix.</exception>
    public static RepositoryPrefix ParsePrefix(string text) => RepositoryPrefix.TryParse(text, out var prefix)
        ? prefix
        : throw new CommandFailedException($"'{Quote.Short(text)}' is no prefix of repositories: write a beginning of their names, such as packs, or *", ExitCodes.Usage);

    /// <exception cref="CommandFailedException">There is none.</exception>
    public static RetentionPolicy Require(SqlitePolicyStore policies, RepositoryPrefix prefix) =>
        policies.Find(prefix) ?? throw NoPolicy(prefix);

    public static CommandFailedException NoPolicy(RepositoryPrefix prefix) => new($"there is no policy '{prefix}'; 'berth policy list' shows which there are");
}
