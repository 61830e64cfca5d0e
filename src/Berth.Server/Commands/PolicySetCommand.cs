using System.CommandLine;
using Berth.Oci;
using Berth.Registry.Retention;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth policy set</c>.</summary>
internal sealed class PolicySetCommand
{
    private const int MostPatterns = 100;

    private readonly Option<int?> _last = new("--keep-last") { Description = "Keep the N tags of each repository that were moved last", HelpName = "N" };
    private readonly Option<string[]> _matching = new("--keep-matching") { Description = "Keep tags of this form (*, ?); several times", HelpName = "GLOB" };
    private readonly Option<string?> _newer = new("--keep-newer") { Description = "Keep tags that were moved within this time, such as 30d", HelpName = "DURATION" };
    private readonly Option<string?> _pulled = new("--keep-pulled") { Description = "Keep tags whose manifest was pulled within this time", HelpName = "DURATION" };
    private readonly Option<string?> _untagged = new("--untagged-after") { Description = "Let manifests go that nothing has named for this time", HelpName = "DURATION" };
    private readonly Option<string[]> _immutable = new("--immutable") { Description = "Let nobody move or delete tags of this form; in force at once", HelpName = "GLOB" };

    public static Command Create(Surroundings around)
    {
        var options = new PolicySetCommand();
        var prefix = PolicyCommand.Prefix();
        var settings = new SettingOptions();
        var command = new Command("set", "Set the policy of a prefix. It removes nothing before it was previewed and enabled.")
        {
            prefix, options._last, options._matching, options._newer, options._pulled, options._untagged, options._immutable,
        };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var policy = options.Read(parsed, parsed.GetRequiredValue(prefix));
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            await new SqlitePolicyStore(stores.Database).SetAsync(policy, cancellationToken);
            var next = policy.RemovesAnything
                ? $" It removes nothing yet: look with 'berth policy preview {policy.Prefix}', then 'berth policy enable {policy.Prefix}'."
                : "";
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The policy '{policy.Prefix}' was set.{next}");
            return ExitCodes.Success;
        });
        return command;
    }

    private RetentionPolicy Read(ParseResult parsed, string prefix)
    {
        var policy = new RetentionPolicy(PolicyCommand.ParsePrefix(prefix))
        {
            KeepLast = parsed.GetValue(_last) is not { } last ? null
                : last is >= 1 and <= 1_000_000 ? last
                : throw new CommandFailedException("--keep-last takes a number from 1 to 1000000", ExitCodes.Usage),
            KeepMatching = Patterns("--keep-matching", parsed.GetValue(_matching)),
            KeepNewer = TimeText.ParseDuration("--keep-newer", parsed.GetValue(_newer)),
            KeepPulled = TimeText.ParseDuration("--keep-pulled", parsed.GetValue(_pulled)),
            UntaggedAfter = TimeText.ParseDuration("--untagged-after", parsed.GetValue(_untagged)),
            ImmutableTags = Patterns("--immutable", parsed.GetValue(_immutable)),
        };
        return policy.RemovesAnything || policy.ImmutableTags.Count > 0
            ? policy
            : throw new CommandFailedException("a policy needs a rule: --keep-last, --keep-matching, --keep-newer, --keep-pulled, --untagged-after or --immutable", ExitCodes.Usage);
    }

    private static TagPattern[] Patterns(string option, string[]? texts) => texts is { Length: > MostPatterns }
        ? throw new CommandFailedException($"{option} was given more than {MostPatterns} times", ExitCodes.Usage)
        : [.. (texts ?? []).Distinct().Select(text => TagPattern.TryParse(text, out var pattern)
            ? pattern
            : throw new CommandFailedException($"{option} '{Quote.Short(text)}' matches no tag: use characters of tags, * and ?", ExitCodes.Usage))];
}
