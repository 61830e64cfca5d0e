namespace Berth.Oci.Client;

/// <summary>Whether two addresses are the same server: what a login or a token may be sent to.</summary>
internal static class Origin
{
    public static bool SameAs(this Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    public static bool IsHttp(this Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;

    /// <summary>The server as a user names it; null when it has no such name.</summary>
    public static RegistryHost? AsRegistryHost(this Uri uri) => RegistryHost.TryParse(uri.Authority, out var host) ? host : null;
}
