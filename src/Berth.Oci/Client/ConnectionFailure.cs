using System.Net.Sockets;

namespace Berth.Oci.Client;

/// <summary>What to tell about a connection that did not come about or did not last.</summary>
internal static class ConnectionFailure
{
    public static RegistryException Of(HttpRequestException e, Uri uri, ServerCertificates certificates) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => NotResolved(e, uri),
        HttpRequestError.SecureConnectionError => Tls(e, uri, certificates),
        HttpRequestError.ConnectionError => NotConnected(e, uri),
        HttpRequestError.ProxyTunnelError => new(
            RegistryFailure.Unreachable,
            $"the proxy lets nothing through to {uri.Authority}: check HTTPS_PROXY, or name {uri.IdnHost} in NO_PROXY", e),
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => new(
            RegistryFailure.Protocol, $"{uri.Authority} does not answer in HTTP: is that the port of a registry?", e),
        _ => Broken(uri.Authority, e),
    };

    public static RegistryException ConnectTimeout(Uri uri, TimeSpan after, Exception e) => new(
        RegistryFailure.Unreachable,
        $"{uri.Authority} could not be reached within {after.TotalSeconds:0.#} s: check the address and the firewall in between", e);

    public static RegistryException Stalled(string where, TimeSpan after, Exception e) => new(
        RegistryFailure.Unreachable, $"{where} stayed silent for {after.TotalSeconds:0.#} s: is the registry overloaded or hanging?", e);

    public static RegistryException Broken(string where, Exception e) => new(
        RegistryFailure.Unreachable, $"the connection to {where} broke before the answer was complete: try again", e);

    private static RegistryException NotResolved(HttpRequestException e, Uri uri) => new(
        RegistryFailure.NameNotResolved, $"the name '{uri.IdnHost}' cannot be resolved: check its spelling and this machine's DNS", e);

    private static RegistryException NotConnected(HttpRequestException e, Uri uri)
    {
        var error = (e.GetBaseException() as SocketException)?.SocketErrorCode;
        if (error is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery)
            return NotResolved(e, uri);
        var what = error is SocketError.ConnectionRefused
            ? $"nothing listens at {uri.Authority} (connection refused): is the registry running at {uri.IdnHost}:{uri.Port}?"
            : $"{uri.Authority} cannot be reached ({Quote.Short(e.GetBaseException().Message)}): check the address and the network";
        return new RegistryException(RegistryFailure.Unreachable, what, e);
    }

    private static RegistryException Tls(HttpRequestException e, Uri uri, ServerCertificates certificates)
    {
        var what = certificates.ProblemOf(uri)
            ?? $"no TLS connection to {uri.Authority} came about: the port may speak plain HTTP, "
            + "which is used only for this machine and for hosts named as insecure (--insecure-registry)";
        return new RegistryException(RegistryFailure.Tls, what, e);
    }
}
