using Berth.Oci;

namespace Berth.Packaging.Engine;

/// <summary>What the engine says of itself.</summary>
/// <param name="ApiVersion">The version that requests are made with.</param>
/// <param name="Platform">What the engine's host runs without emulation.</param>
/// <param name="SharesHostNetwork">
/// Containers have addresses that this machine routes to. Not so for a rootless engine or one in a virtual machine, where only published
/// ports can be reached.
/// </param>
/// <param name="PullsAnonymously">
/// A pull without credentials is one. Podman's service adds a login of its own when the user that runs it has stored one for the host,
/// and no request can keep it from that.
/// </param>
internal sealed record EngineInfo(
    string Product, string Version, Version ApiVersion, Platform Platform, bool SharesHostNetwork, bool PullsAnonymously)
{
    public override string ToString() => $"{Product} {Version}, API {ApiVersion}, {Platform}";
}
