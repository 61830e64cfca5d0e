using System.Net;

namespace Berth.Oci.Client;

/// <summary>Where a redirect leads, if it may be followed.</summary>
internal static class Redirects
{
    public static bool IsRedirect(HttpResponseMessage response) => response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <exception cref="RegistryException">It leads nowhere, around in circles, or out of TLS.</exception>
    public static Uri Next(HttpResponseMessage response, int hop, int most, RegistryClientOptions options)
    {
        if (hop >= most)
            throw new RegistryException(
                RegistryFailure.Protocol, $"{Where(response)} redirects more than {most} times: check its configuration");
        return Location(response, options);
    }

    /// <summary>The absolute address in the Location header.</summary>
    /// <exception cref="RegistryException">There is none, or it would leave TLS.</exception>
    public static Uri Location(HttpResponseMessage response, RegistryClientOptions options)
    {
        var from = response.RequestMessage!.RequestUri!;
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var to) || !to.IsHttp())
            throw new RegistryException(RegistryFailure.Protocol, $"{Where(response)} names no usable address to go on with (Location)");
        var leavesTls = from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp;
        if (leavesTls && !(to.AsRegistryHost() is { } host && options.InsecureHosts.Contains(host)))
            throw new RegistryException(
                RegistryFailure.Tls,
                $"{Where(response)} speaks HTTPS and leads on to plain HTTP at {to.Authority}: "
                + "set its public https address, or X-Forwarded-Proto in the proxy before it");
        return to;
    }

    private static string Where(HttpResponseMessage response) => response.RequestMessage!.RequestUri!.Authority;
}
