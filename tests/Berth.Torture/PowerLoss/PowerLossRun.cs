using Berth.Torture.Http;
using Berth.Torture.Kills;
using Berth.Torture.Servers;

namespace Berth.Torture.PowerLoss;

/// <summary>Records what one server does to its disk while clients push, and looks what is left of it when the power is cut at many moments.</summary>
internal sealed class PowerLossRun(string directory, int seed, RecordLibrary library, Tally tally, TextWriter output)
{
    private readonly Random _random = new(seed);

    private string Record => Path.Combine(directory, "record");

    /// <param name="work">How long clients work.</param>
    public async Task RunAsync(int cuts, TimeSpan work, CancellationToken cancelled)
    {
        Directory.CreateDirectory(directory);
        using var journal = new PowerJournal(Record);
        var plain = new ServerSettings(TimeSpan.FromSeconds(_random.Next(3) == 0 ? 86_400 : 1), TimeSpan.FromSeconds(_random.Next(2)));
        var store = new TortureStore(directory, seed, library.Recording(plain, Path.Combine(directory, "data"), Record), journal);
        await RecordAsync(store, work, cancelled);
        tally.Acknowledge(store.Acknowledged);
        RequireCompleteRecord(store);
        await CutAsync(ChooseCuts(cuts, journal), journal, plain with { Collection = TimeSpan.Zero }, cancelled);
        File.Delete(Record);
    }

    private static async Task RecordAsync(TortureStore store, TimeSpan work, CancellationToken cancelled)
    {
        await using var server = await store.StartAsync(cancelled);
        await store.LogInAsync(server, cancelled);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        enough.CancelAfter(work);
        await store.WorkAsync(server, NoTraffic.Instance, enough.Token, cancelled);
    }

    /// <summary>Half of them as soon as somebody was told that something is durable, which is when a missing sync shows.</summary>
    private List<long> ChooseCuts(int cuts, PowerJournal journal)
    {
        var answers = journal.Entries.Where(entry => entry.Done).Select(entry => entry.Ended).ToList();
        var length = new FileInfo(Record).Length;
        return [.. Enumerable.Range(0, cuts).Select(cut => cut % 2 == 0 ? answers[_random.Next(answers.Count)] : _random.NextInt64(length)).Order()];
    }

    /// <summary>Without a power cut the replay must come to what the directory holds; else it does not see everything.</summary>
    private void RequireCompleteRecord(TortureStore store)
    {
        var disk = new Disk();
        foreach (var entry in RecordEntry.Read(Record))
            disk.Make(entry);
        var replayed = Path.Combine(directory, "replayed");
        disk.CutPower(replayed, Luck.All);
        SameFiles.Require(store.Data, replayed);
        Directory.Delete(replayed, recursive: true);
    }

    private async Task CutAsync(List<long> cuts, PowerJournal journal, ServerSettings settings, CancellationToken cancelled)
    {
        var disk = new Disk();
        var done = 0;
        foreach (var entry in RecordEntry.Read(Record))
        {
            // The entry that begins at the position of the cut is not made any more.
            for (; done < cuts.Count && cuts[done] <= entry.Position; done++)
                await CheckAsync(disk, cuts[done], journal, settings, cancelled);
            disk.Make(entry);
        }

        for (; done < cuts.Count; done++)
            await CheckAsync(disk, cuts[done], journal, settings, cancelled);
    }

    private async Task CheckAsync(Disk disk, long position, PowerJournal journal, ServerSettings settings, CancellationToken cancelled)
    {
        var image = Path.Combine(directory, $"cut-{position}");
        var luck = _random.Next(3) == 0 ? Luck.Some(_random) : Luck.None;
        disk.CutPower(Path.Combine(image, "data"), luck);
        try
        {
            await new DiskImage(image, settings).CheckAsync(journal.ModelsAt(position), journal.TimeAfter(position), cancelled);
            Directory.Delete(image, recursive: true);
        }
        catch (Violation violation)
        {
            tally.Violate();
            await output.WriteLineAsync(
                $"VIOLATION: {violation.Message}\n  seed {seed}, power cut at {position} of {Record}, "
                + $"{(luck == Luck.None ? "all unsynced writes lost" : "some unsynced writes lost")}; kept in {image}");
        }

        tally.Killed();
    }
}
