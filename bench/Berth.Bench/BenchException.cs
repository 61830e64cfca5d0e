namespace Berth.Bench;

/// <summary>The run is worth nothing: a server answered wrong, or did not start. There is no number after this.</summary>
internal sealed class BenchException(string message) : Exception(message);
