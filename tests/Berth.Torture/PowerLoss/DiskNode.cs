namespace Berth.Torture.PowerLoss;

internal abstract class DiskNode
{
    /// <summary>Everything that was done to it before this position of the record is on the disk.</summary>
    public abstract void Sync(long before);
}
