namespace Berth.Torture.PowerLoss;

/// <summary>A directory's entries: those that running programs see, those that the disk has for certain, and what happened since the last sync.</summary>
/// <remarks>
/// A rename is one step, as file systems with a journal make it: it reaches the disk whole or not at all, and for certain when the directory
/// that it leads into is synced.
/// </remarks>
internal sealed class DiskDirectory : DiskNode
{
    private readonly Dictionary<string, DiskNode> _durable = new(StringComparer.Ordinal);
    private readonly List<Step> _unsynced = [];

    /// <summary>As programs see it.</summary>
    public Dictionary<string, DiskNode> Live { get; } = new(StringComparer.Ordinal);

    public void Add(long position, string name, DiskNode node)
    {
        Live[name] = node;
        _unsynced.Add(new(position, name, node, null, ""));
    }

    public void Remove(long position, string name)
    {
        Live.Remove(name);
        _unsynced.Add(new(position, name, null, null, ""));
    }

    public void MoveIn(long position, string name, DiskDirectory from, string fromName)
    {
        if (!from.Live.Remove(fromName, out var node))
            throw new InvalidDataException($"{fromName} was renamed and is not known");
        Live[name] = node;
        _unsynced.Add(new(position, name, node, from, fromName));
    }

    public override void Sync(long before)
    {
        foreach (var step in _unsynced.TakeWhile(step => step.Position < before).ToList())
        {
            step.Apply(this, directory => directory._durable);
            step.From?._unsynced.RemoveAll(earlier => earlier.Position < step.Position && earlier.Name == step.FromName && earlier.Node == step.Node);
            _unsynced.Remove(step);
        }
    }

    /// <summary>Writes what a disk has after the power was cut.</summary>
    public void WriteTo(string path, Luck luck)
    {
        var entries = new Dictionary<DiskDirectory, Dictionary<string, DiskNode>>();
        Collect(entries, luck);
        Write(this, path, entries, luck);
    }

    /// <summary>Entries of this directory and all below; steps in the order in which they were made, so that a rename finds what it moves.</summary>
    private void Collect(Dictionary<DiskDirectory, Dictionary<string, DiskNode>> entries, Luck luck)
    {
        var directories = new List<DiskDirectory>();
        Find(directories);
        foreach (var directory in directories)
            entries[directory] = new(directory._durable, StringComparer.Ordinal);
        foreach (var (directory, step) in directories.SelectMany(directory => directory._unsynced.Select(step => (directory, step))).OrderBy(pair => pair.step.Position))
        {
            if (luck.Has())
                step.Apply(directory, each => entries[each]);
        }
    }

    private void Find(List<DiskDirectory> found)
    {
        if (found.Contains(this))
            return;
        found.Add(this);
        foreach (var below in _durable.Values.Concat(Live.Values).OfType<DiskDirectory>())
            below.Find(found);
    }

    private static void Write(DiskDirectory directory, string path, Dictionary<DiskDirectory, Dictionary<string, DiskNode>> entries, Luck luck)
    {
        Directory.CreateDirectory(path);
        foreach (var (name, node) in entries[directory])
        {
            var below = Path.Combine(path, name);
            if (node is DiskDirectory inner)
                Write(inner, below, entries, luck);
            else if (!name.EndsWith("-shm", StringComparison.Ordinal)) // in memory only; SQLite makes it anew
                File.WriteAllBytes(below, ((DiskFile)node).After(luck).Span);
        }
    }

    private sealed record Step(long Position, string Name, DiskNode? Node, DiskDirectory? From, string FromName)
    {
        public void Apply(DiskDirectory into, Func<DiskDirectory, Dictionary<string, DiskNode>> entriesOf)
        {
            if (Node is null)
                entriesOf(into).Remove(Name);
            else
                entriesOf(into)[Name] = Node;
            if (From is not null && entriesOf(From).TryGetValue(FromName, out var left) && left == Node)
                entriesOf(From).Remove(FromName);
        }
    }
}
