namespace Berth.Packaging.Remote;

/// <summary>What a command on a host ended with.</summary>
internal sealed record RemoteResult(int ExitCode, string Output, string Error);
