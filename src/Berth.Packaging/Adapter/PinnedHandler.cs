using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Adapter;

/// <summary>Connects to an adapter directly, and with TLS only when it shows the one certificate that it was given.</summary>
internal static class PinnedHandler
{
    public static SocketsHttpHandler Create(X509Certificate2? certificate) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
        SslOptions = new SslClientAuthenticationOptions
        {
            // Neither its name nor its issuer can be checked, and neither needs to be: it is this very certificate or it is not.
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is not null
                && certificate is not null
                && shown.GetRawCertData().AsSpan().SequenceEqual(certificate.RawDataMemory.Span),
        },
    };
}
