namespace HostWatch.Readings;

/// <summary>
/// Turns counters that only grow into rates over the time between two collections. A counter that the last collection did not have
/// counts from zero; so the first collection gives averages since boot.
/// </summary>
internal sealed class RateMeter
{
    private Dictionary<string, double> _previous = [];
    private Dictionary<string, double> _current = [];
    private double _seconds;
    private double _lastUptime;

    /// <summary>Starts a collection. What is not asked for until the next one is forgotten, so the memory does not grow.</summary>
    public void Advance(double uptimeSeconds)
    {
        (_previous, _current) = (_current, []);
        // Two collections within one tick of the clock must not divide by zero.
        _seconds = Math.Max(uptimeSeconds - _lastUptime, 0.01);
        _lastUptime = uptimeSeconds;
    }

    public double PerSecond(string key, double counter)
    {
        _current[key] = counter;
        // A counter that fell back was reset: nothing is known of the time before.
        return Math.Max(counter - _previous.GetValueOrDefault(key), 0) / _seconds;
    }
}
