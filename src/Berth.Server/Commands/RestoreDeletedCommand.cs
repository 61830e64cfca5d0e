using System.CommandLine;
using Berth.Server.Restoring;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary><c>berth restore-deleted</c>.</summary>
internal static class RestoreDeletedCommand
{
    public static Command Create(Surroundings around)
    {
        var target = new Argument<string?>("NAME")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "REPOSITORY:TAG, REPOSITORY@DIGEST (with the tags that went with it), or REPOSITORY (that was removed as a whole)",
        };
        var id = new Option<long?>("--id") { Description = "An entry of 'berth trash list' instead", HelpName = "N" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would come back, and change nothing" };
        var settings = new SettingOptions();
        var command = new Command("restore-deleted", "Bring back what was removed, out of the trash. Works while the server runs.") { target, id, dryRun };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, entry) = (parsed.GetValue(target), parsed.GetValue(id));
            if (name is null == entry is null)
                throw new CommandFailedException("say what is to come back: NAME or --id", ExitCodes.Usage);
            var stored = name is null ? null : StoredName.Parse(name);
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            try
            {
                var trash = new SqliteTrash(stores.Database);
                var plan = stored is null ? trash.Plan(entry!.Value) : trash.Plan(stored.Repository, stored.Reference);
                var restorer = new TrashRestorer(stores, options.Collection.Grace, around.Time);
                await (parsed.GetValue(dryRun)
                    ? PreviewAsync(plan, parsed.InvocationConfiguration)
                    : PrintAsync(plan, await restorer.RunAsync(plan, cancellationToken), parsed.InvocationConfiguration));
            }
            catch (RestoreFailedException e)
            {
                throw new CommandFailedException(e.Message);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task PreviewAsync(RestorePlan plan, InvocationConfiguration console)
    {
        TrashRestorer.RequireNothingLost(plan.Lost);
        foreach (var manifest in plan.Manifests)
            await console.Output.WriteLineAsync($"{plan.Repository}@{manifest.Digest}");
        foreach (var tag in plan.Tags)
            await console.Output.WriteLineAsync($"{plan.Repository}:{tag.Tag} ({tag.Digest})");
        await console.Error.WriteLineAsync("This would be restored, and the content that it needs.");
    }

    private static async Task PrintAsync(RestorePlan plan, RestoreResult result, InvocationConfiguration console)
    {
        foreach (var manifest in result.Manifests)
            await console.Output.WriteLineAsync($"{plan.Repository}@{manifest}");
        var digests = plan.Tags.ToLookup(tag => tag.Tag, tag => tag.Digest);
        foreach (var tag in result.Tags)
            await console.Output.WriteLineAsync($"{plan.Repository}:{tag} ({digests[tag].First()})");
        foreach (var tag in result.TakenTags)
            await console.Error.WriteLineAsync($"The tag {tag} names something else by now and was left as it is.");
        await console.Error.WriteLineAsync($"{result.Manifests.Count} manifests and {result.Tags.Count} tags are restored.");
    }
}
