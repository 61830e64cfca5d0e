using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <summary>A line of the performance budget.</summary>
/// <param name="Against">The peer whose ratio counts; null when the value itself does.</param>
/// <param name="Limit">The least ratio, or the largest value.</param>
internal sealed record Target(Peer? Against, double Limit);
