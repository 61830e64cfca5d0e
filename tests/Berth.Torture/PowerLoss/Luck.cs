namespace Berth.Torture.PowerLoss;

/// <summary>What becomes of writes that no sync has waited for.</summary>
internal sealed class Luck
{
    private readonly Func<bool> _has;
    private readonly Func<bool> _whole;

    private Luck(Func<bool> has, Func<bool> whole) => (_has, _whole) = (has, whole);

    /// <summary>All of it is lost.</summary>
    public static Luck None { get; } = new(() => false, () => true);

    /// <summary>All of it is there, as if nothing had happened.</summary>
    public static Luck All { get; } = new(() => true, () => true);

    /// <summary>Some of it reached the disk, in no order, and some of that in part.</summary>
    public static Luck Some(Random random)
    {
        var share = random.NextDouble();
        return new(() => random.NextDouble() < share, () => random.Next(8) != 0);
    }

    public bool Has() => _has();

    public bool HasWhole() => _whole();
}
