namespace Berth.Packaging.Install;

/// <summary>What was collected of the objects of one kind.</summary>
public sealed record KindSummary(string AdapterKind, string ObjectKind, int Objects, int Metrics, int Properties, int Events);
