namespace Berth.Torture.Kills;

/// <summary>What all stores of a run came to.</summary>
internal sealed class Tally
{
    private int _kills;
    private long _acknowledged;
    private long _collected;
    private int _violations;

    public int Kills => _kills;

    public long Acknowledged => _acknowledged;

    /// <summary>Blobs that collections put into the trash.</summary>
    public long Collected => _collected;

    public int Violations => _violations;

    public void Killed() => Interlocked.Increment(ref _kills);

    public void Acknowledge(int changes) => Interlocked.Add(ref _acknowledged, changes);

    public void Collect(long blobs) => Interlocked.Add(ref _collected, blobs);

    public void Violate() => Interlocked.Increment(ref _violations);
}
