namespace Berth.Packaging.Adapter;

internal sealed record ObjectEvent(string Message, int Criticality = 0);
