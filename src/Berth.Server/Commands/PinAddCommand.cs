using System.CommandLine;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class PinAddCommand
{
    public static Command Create(Surroundings around)
    {
        var target = new Argument<string>("MANIFEST") { Description = "REPOSITORY@DIGEST, or REPOSITORY:TAG for what the tag names now" };
        var name = PinCommand.Name();
        var until = new Option<string?>("--until") { Description = "A date, or a duration from now; for ever when left out", HelpName = "DATE|DURATION" };
        var missing = new Option<bool>("--allow-missing") { Description = "Pin a digest that is not there (yet)" };
        var settings = new SettingOptions();
        var command = new Command("add", "Pin a manifest. An index that is pinned keeps its manifests too. Pinning again under the same name sets another end.")
        {
            target, name, until, missing,
        };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var stored = StoredName.ParseManifest(parsed.GetRequiredValue(target));
            var now = around.Time.GetUtcNow();
            DateTimeOffset? ends = parsed.GetValue(until) is { } text ? TimeText.ParseEnd(text, now) : null;
            var label = PinCommand.CheckName(parsed.GetRequiredValue(name));
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var digest = await stored.ResolveAsync(stores.Metadata, cancellationToken);
            var pin = new Pin(stored.Repository, digest, label, ends, now, CommandActor.Name);
            if (!await new SqlitePinStore(stores.Database).AddAsync(pin, parsed.GetValue(missing), cancellationToken))
                throw new CommandFailedException($"there is no '{stored}'; --allow-missing pins it all the same");
            var end = ends is { } time ? $" until {TimeText.Format(time)}" : "";
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{stored.Repository}@{digest} is pinned as '{label}'{end}.");
            return ExitCodes.Success;
        });
        return command;
    }
}
