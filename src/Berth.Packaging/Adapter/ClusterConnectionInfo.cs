namespace Berth.Packaging.Adapter;

/// <summary>An account of the platform's API; the text form never shows the password.</summary>
internal sealed record ClusterConnectionInfo(string UserName, string HostName, string? Password = null)
{
    public override string ToString() => $"{UserName} at {HostName} (redacted)";
}
