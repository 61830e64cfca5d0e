using System.CommandLine;
using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class RepositoryRemoveCommand
{
    public static Command Create(Surroundings around)
    {
        var argument = new Argument<string>("REPOSITORY");
        var force = new Option<bool>("--force") { Description = "Also when something in it is pinned, immutable or was pulled not long ago" };
        var settings = new SettingOptions();
        var command = new Command("remove", "Put all manifests and tags of a repository into the trash, and end its uploads.") { argument, force };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(argument);
            if (!RepositoryName.TryParse(text, out var repository))
                throw new CommandFailedException($"'{Quote.Short(text)}' is no repository: write its name without the registry's host", ExitCodes.Usage);
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            var now = around.Time.GetUtcNow();
            var deletion = new Deletion(CommandActor.Name, "repository removed", now)
            {
                Forced = parsed.GetValue(force), PulledSince = now - options.Collection.PulledWithin,
            };
            var removed = await RemoveAsync(stores, repository, deletion, cancellationToken);
            await EndUploadsAsync(stores, removed);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{repository} was removed: {removed.Manifests} manifests are in the trash. 'berth restore-deleted {repository}' brings them back.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<RemovedRepository> RemoveAsync(
        SingleNodeStores stores, RepositoryName repository, Deletion deletion, CancellationToken cancellationToken)
    {
        try
        {
            return await new SqliteRepositories(stores.Database).RemoveAsync(repository, deletion, cancellationToken)
                ?? throw new CommandFailedException($"there is no repository '{repository}'; 'berth repo list' shows which there are");
        }
        catch (RepositoryProtectedException e)
        {
            throw new CommandFailedException($"{repository} was not removed: {e.Message}; --force removes it all the same");
        }
    }

    private static async Task EndUploadsAsync(SingleNodeStores stores, RemovedRepository removed)
    {
        foreach (var id in removed.Uploads)
        {
            if (await stores.Blobs.ResumeUploadAsync(id, CancellationToken.None) is not { } upload)
                continue;
            await using (upload)
                await upload.CancelAsync(CancellationToken.None);
        }
    }
}
