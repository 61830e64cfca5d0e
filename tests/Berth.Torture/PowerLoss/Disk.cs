namespace Berth.Torture.PowerLoss;

/// <summary>A disk to which the calls of a record are made one after the other, and whose power can be cut in between.</summary>
internal sealed class Disk
{
    private const long Create = 0x40; // O_CREAT, on x86 and ARM
    private const long Truncate = 0x200; // O_TRUNC

    private readonly DiskDirectory _root = new();
    private readonly Dictionary<uint, DiskNode> _open = [];

    public void Make(RecordEntry entry)
    {
        switch (entry.Kind)
        {
            case RecordKind.Open:
                Open(entry);
                break;
            case RecordKind.Write or RecordKind.Truncate:
                ((DiskFile)_open[entry.Id]).Change(entry);
                break;
            case RecordKind.Sync:
                _open[entry.Id].Sync(entry.Number);
                break;
            case RecordKind.Rename:
                Rename(entry);
                break;
            case RecordKind.Unlink or RecordKind.RemoveDirectory:
                Find(entry.Text, out var removedFrom, out var removed);
                removedFrom.Remove(entry.Position, removed);
                break;
            case RecordKind.MakeDirectory when entry.Text.Length > 0: // the root is there from the beginning
                Find(entry.Text, out var parent, out var made);
                parent.Add(entry.Position, made, new DiskDirectory());
                break;
            case RecordKind.MakeDirectory:
                break;
            default:
                throw new InvalidDataException($"the server does something that the replay does not know: {entry.Text}");
        }
    }

    /// <summary>Makes a directory of what the disk has when its power is cut now.</summary>
    public void CutPower(string path, Luck luck) => _root.WriteTo(path, luck);

    private void Open(RecordEntry entry)
    {
        if (entry.Text.Length == 0)
        {
            _open[entry.Id] = _root;
            return;
        }

        Find(entry.Text, out var directory, out var name);
        if (!directory.Live.TryGetValue(name, out var node))
        {
            if ((entry.Number & Create) == 0)
                throw new InvalidDataException($"{entry.Text} was opened and is not known");
            node = new DiskFile();
            directory.Add(entry.Position, name, node);
        }
        else if ((entry.Number & Truncate) != 0)
        {
            ((DiskFile)node).Change(entry with { Kind = RecordKind.Truncate, Number = 0, Bytes = [] });
        }

        _open[entry.Id] = node;
    }

    private void Rename(RecordEntry entry)
    {
        var names = entry.Text.Split('\n');
        Find(names[0], out var from, out var old);
        Find(names[1], out var into, out var name);
        into.MoveIn(entry.Position, name, from, old);
    }

    private void Find(string path, out DiskDirectory directory, out string name)
    {
        var parts = path.Split('/');
        directory = _root;
        foreach (var part in parts[..^1])
            directory = (DiskDirectory)directory.Live[part];
        name = parts[^1];
    }
}
