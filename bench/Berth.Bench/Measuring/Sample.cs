namespace Berth.Bench.Measuring;

/// <summary>What one measurement gave.</summary>
/// <param name="P99">Milliseconds that 99 of 100 requests or pushes took at most; null where that was not looked at.</param>
/// <param name="ServerCpu">Processor time that the server took for one request or push, in microseconds; null as above.</param>
internal sealed record Sample(double Value, double? P99 = null, double? ServerCpu = null);
