using System.CommandLine;
using System.Text.Json;
using Berth.Oci;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class PinListCommand
{
    public static Command Create(Surroundings around)
    {
        var repository = new Argument<string?>("REPOSITORY") { Arity = ArgumentArity.ZeroOrOne, Description = "Only of this repository" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var command = new Command("list", "List the pins.") { repository };
        output.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            RepositoryName? only = parsed.GetValue(repository) is { } text ? StoredName.Parse(text).Repository : null;
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var now = around.Time.GetUtcNow();
            PinDocument[] pins = [.. new SqlitePinStore(stores.Database).List(only).Select(pin => PinDocument.Of(pin, now))];
            var console = parsed.InvocationConfiguration.Output;
            if (output.IsJson(parsed))
                await console.WriteLineAsync(JsonSerializer.Serialize(pins, RetentionJson.Default.PinDocumentArray));
            else
                foreach (var pin in pins)
                    await console.WriteLineAsync(pin.ToLine());
            return ExitCodes.Success;
        });
        return command;
    }
}

/// <param name="Ended">Whether it protects no more.</param>
/// <param name="Missing">Whether the repository has no such manifest now.</param>
internal sealed record PinDocument(
    string Repository, string Digest, string Name, DateTimeOffset? Until, bool Ended, bool Missing, DateTimeOffset Created, string Actor)
{
    public static PinDocument Of(Pin pin, DateTimeOffset now) => new(
        pin.Repository.ToString(), pin.Digest.ToString(), pin.Name, pin.Ends, pin.Ends <= now, !pin.IsThere, pin.Created, pin.Actor);

    public string ToLine()
    {
        var end = Until is not { } time ? "" : Ended ? $", ended {TimeText.Format(time)}" : $", until {TimeText.Format(time)}";
        return $"{Repository}@{Digest} '{Name}'{end} (by {Actor}, {TimeText.Format(Created)}){(Missing ? " [not there]" : "")}";
    }
}
