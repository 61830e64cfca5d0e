using System.CommandLine;
using System.Text.Json;
using Berth.Oci;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

internal static class TrashCommand
{
    public static Command Create(Surroundings around)
    {
        var repository = new Argument<string?>("REPOSITORY") { Arity = ArgumentArity.ZeroOrOne, Description = "Only of this repository" };
        var output = new OutputOption();
        var settings = new SettingOptions();
        var list = new Command("list", "List what was removed and can be brought back, with who did it and why. JSON: one object on each line.") { repository };
        output.AddTo(list);
        settings.AddTo(list);
        list.SetAction(async (parsed, cancellationToken) =>
        {
            RepositoryName? only = parsed.GetValue(repository) is { } text ? StoredName.Parse(text).Repository : null;
            var options = settings.Read(parsed, []);
            using var stores = SingleNodeStores.OpenForCommand(options.Data, around.Time);
            var (console, json) = (parsed.InvocationConfiguration.Output, output.IsJson(parsed));
            foreach (var entry in new SqliteJournal(stores.Database, options.Collection.Trash).InTrash(only))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await console.WriteLineAsync(json ? JsonSerializer.Serialize(entry, RetentionJson.Default.JournalFacts) : ExplanationText.Entry(entry));
            }

            return ExitCodes.Success;
        });
        return new Command("trash", "Look into the trash. 'berth restore-deleted' brings things back.") { list };
    }
}
