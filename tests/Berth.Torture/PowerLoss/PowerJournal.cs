using Berth.Torture.Model;
using Microsoft.Win32.SafeHandles;

namespace Berth.Torture.PowerLoss;

/// <summary>When requests began and were answered, by the length that the record of the server's calls had then.</summary>
internal sealed class PowerJournal(string record) : IJournal, IDisposable
{
    private readonly List<JournalEntry> _entries = [];
    private SafeFileHandle? _record;

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public Action<bool> Begin(string repository, Change change)
    {
        var entry = new JournalEntry(repository, change, Length(), TimeProvider.System.GetUtcNow());
        lock (_entries)
            _entries.Add(entry);
        return done => (entry.Ended, entry.Done) = (Length(), done);
    }

    /// <summary>What each repository must hold when the power was cut at <paramref name="position"/>.</summary>
    public IReadOnlyList<RepositoryModel> ModelsAt(long position)
    {
        var models = new Dictionary<string, RepositoryModel>(StringComparer.Ordinal);
        foreach (var entry in _entries.Where(entry => entry.Begun <= position))
        {
            if (!models.TryGetValue(entry.Repository, out var model))
                models.Add(entry.Repository, model = new RepositoryModel(entry.Repository));
            if (entry.Ended > position)
                model.Pending = entry.Change;
            else if (entry.Done)
                model.Acknowledge(entry.Change);
        }

        return [.. models.Values];
    }

    /// <summary>A time that had not come yet when the record was that long.</summary>
    public DateTimeOffset TimeAfter(long position) =>
        _entries.Where(entry => entry.Begun > position).Select(entry => entry.Time).DefaultIfEmpty(TimeProvider.System.GetUtcNow()).Min();

    public void Dispose() => _record?.Dispose();

    private long Length() => RandomAccess.GetLength(_record ??= File.OpenHandle(record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
}
