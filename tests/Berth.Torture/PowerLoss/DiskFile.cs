namespace Berth.Torture.PowerLoss;

/// <summary>A file's bytes: what the disk has for certain, and what was written since the last sync.</summary>
internal sealed class DiskFile : DiskNode
{
    private const int Sector = 512;

    private readonly List<RecordEntry> _unsynced = [];
    private byte[] _bytes = [];
    private int _length;

    public void Change(RecordEntry entry) => _unsynced.Add(entry);

    public override void Sync(long before)
    {
        var covered = _unsynced.TakeWhile(entry => entry.Position < before).ToList();
        foreach (var entry in covered)
            Apply(ref _bytes, ref _length, entry, entry.Bytes.Length);
        _unsynced.RemoveRange(0, covered.Count);
    }

    /// <param name="luck">Which of the writes that nobody waited for reached the disk all the same, and how much of them.</param>
    public ReadOnlyMemory<byte> After(Luck luck)
    {
        var (bytes, length) = (_bytes, _length);
        if (_unsynced.Count > 0)
            bytes = _bytes.AsSpan(0, _length).ToArray();
        foreach (var entry in _unsynced)
        {
            if (luck.Has())
                Apply(ref bytes, ref length, entry, luck.HasWhole() ? entry.Bytes.Length : entry.Bytes.Length / Sector / 2 * Sector);
        }

        return bytes.AsMemory(0, length);
    }

    private static void Apply(ref byte[] bytes, ref int length, RecordEntry entry, int count)
    {
        var end = (int)entry.Number + (entry.Kind is RecordKind.Write ? count : 0);
        if (end > bytes.Length)
            Array.Resize(ref bytes, Math.Max(end, bytes.Length * 2));
        if (entry.Kind is RecordKind.Truncate)
        {
            if (end < length)
                bytes.AsSpan(end, length - end).Clear();
            length = end;
            return;
        }

        entry.Bytes.AsSpan(0, count).CopyTo(bytes.AsSpan((int)entry.Number));
        length = Math.Max(length, end);
    }
}
