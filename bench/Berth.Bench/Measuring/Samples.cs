using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <summary>Everything that was measured, round by round.</summary>
internal sealed class Samples
{
    private readonly Dictionary<(string Id, Peer Peer), List<Sample>> _samples = [];

    public void Add(Workload workload, Peer peer, Sample sample)
    {
        if (!_samples.TryGetValue((workload.Id, peer), out var list))
            _samples[(workload.Id, peer)] = list = [];
        list.Add(sample);
    }

    public IReadOnlyList<Sample> Of(Workload workload, Peer peer) => _samples.TryGetValue((workload.Id, peer), out var list) ? list : [];

    /// <summary>The median of the rounds' ratios. More than 1 means that Berth did better.</summary>
    public double? Ratio(Workload workload, Peer against)
    {
        var (ours, theirs) = (Of(workload, Peer.Berth), Of(workload, against));
        if (ours.Count == 0 || ours.Count != theirs.Count)
            return null;
        return Statistics.Median(ours.Zip(theirs, (our, their) => workload.LowerIsBetter ? their.Value / our.Value : our.Value / their.Value));
    }
}
