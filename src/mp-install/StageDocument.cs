namespace Berth.MpInstall;

internal sealed record StageDocument(string Stage, bool Ok, double Seconds, string Detail);
