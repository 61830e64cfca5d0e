using System.Collections.Concurrent;

namespace Berth.Server.Storage;

/// <summary>What was read since the database last changed.</summary>
/// <remarks>
/// Appliances ask for few things again and again. Nothing in here is told what a write changes: any commit empties it, so what is found is
/// what a read of the database would give.
/// </remarks>
/// <param name="weigh">What an entry takes of <paramref name="capacity"/>, in bytes.</param>
internal sealed class ReadCache<TKey, TValue>(SqliteDatabase database, long capacity, Func<TValue, long> weigh)
    where TKey : notnull
    where TValue : class
{
    private volatile Generation _current = new(-1);

    public TValue? Find(TKey key, Func<SqliteSession, TValue?> read)
    {
        // Taken before the read: a commit between the two leaves the entry in a generation that nobody looks into any more.
        var generation = Current();
        if (generation.Entries.TryGetValue(key, out var known))
            return known;
        if (database.Read(read) is not { } found)
            return null;
        if (Interlocked.Add(ref generation.Weight, weigh(found)) > capacity)
            _current = new Generation(generation.Version);
        else
            generation.Entries[key] = found;
        return found;
    }

    private Generation Current()
    {
        var version = database.Version;
        var current = _current;
        return current.Version == version ? current : _current = new Generation(version);
    }

    /// <param name="version">Of the database that its entries were read from, or a later one.</param>
    private sealed class Generation(long version)
    {
        public long Weight;

        public long Version { get; } = version;

        public ConcurrentDictionary<TKey, TValue> Entries { get; } = new();
    }
}
