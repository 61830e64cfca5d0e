using System.CommandLine;
using System.Text.Json;
using Berth.Oci;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(Surroundings around)
    {
        var argument = new Argument<string>("DIGEST") { Description = "Of a manifest or of content, sha256:…" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("explain", "Say why a manifest or content is kept, or when and why it went. Works while the server runs.") { argument };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var text = parsed.GetRequiredValue(argument);
            if (!Digest.TryParse(text, out var digest))
                throw new CommandFailedException($"'{Quote.Short(text)}' is no digest: write sha256: and 64 lower-case hexadecimal characters", ExitCodes.Usage);
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            var facts = new SqliteExplanations(stores.Database, stores.Directory, options.Collection, around.Time).Explain(digest);
            if (!facts.IsKnown)
                throw new CommandFailedException($"nothing is known of {digest}");
            var console = parsed.InvocationConfiguration.Output;
            if (output.IsJson(parsed))
                await console.WriteLineAsync(JsonSerializer.Serialize(facts, RetentionJson.Default.DigestFacts));
            else
                foreach (var line in ExplanationText.Lines(facts))
                    await console.WriteLineAsync(line);
            return ExitCodes.Success;
        });
        return command;
    }
}
