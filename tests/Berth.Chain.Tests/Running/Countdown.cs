namespace Berth.Chain.Tests.Running;

/// <summary>Does something once, at the moment when a count from several threads has been used up.</summary>
internal sealed class Countdown(long left, Action done)
{
    private long _left = left;

    public void Subtract(int amount)
    {
        var after = Interlocked.Add(ref _left, -amount);
        if (after < 0 && after + amount >= 0)
            done();
    }
}
