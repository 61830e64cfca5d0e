using System.CommandLine;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class PinRemoveCommand
{
    public static Command Create(Surroundings around)
    {
        var target = new Argument<string>("MANIFEST") { Description = "REPOSITORY@DIGEST, or REPOSITORY:TAG for what the tag names now" };
        var name = PinCommand.Name();
        var settings = new SettingOptions();
        var command = new Command("remove", "Remove a pin.") { target, name };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var stored = StoredName.ParseManifest(parsed.GetRequiredValue(target));
            var label = parsed.GetRequiredValue(name);
            using var stores = SingleNodeStores.OpenForCommand(settings.Read(parsed, []).Data, around.Time);
            var digest = await stored.ResolveAsync(stores.Metadata, cancellationToken);
            if (!await new SqlitePinStore(stores.Database).RemoveAsync(stored.Repository, digest, label, cancellationToken))
                throw new CommandFailedException($"{stored.Repository}@{digest} has no pin '{label}'; 'berth pin list {stored.Repository}' shows which there are");
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"The pin '{label}' of {stored.Repository}@{digest} was removed.");
            return ExitCodes.Success;
        });
        return command;
    }
}
