namespace Berth.Oci.Client;

/// <summary>Whether two addresses are the same server: what a login or a token may be sent to.</summary>
internal static class Origin
{
    public static bool SameAs(this Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>The server alone, for messages: no path, no query, which may carry signatures.</summary>
    public static RegistryHost? Host(this Uri uri) => RegistryHost.TryParse(uri.Authority, out var host) ? host : null;
}
