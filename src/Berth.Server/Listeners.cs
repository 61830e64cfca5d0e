using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Berth.Server;

/// <summary>Sets the HTTP server up for the addresses it is to listen on.</summary>
internal static class Listeners
{
    /// <summary>In bytes. Room for a token request that names a hundred repositories.</summary>
    private const int MaxRequestLine = 32 * 1024;

    public static void Configure(KestrelServerOptions kestrel, ServerOptions options, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        foreach (var url in options.Listen)
        {
            Action<ListenOptions> use = listener =>
            {
                if (url.IsTls)
                    listener.UseHttps(certificate!);
            };
            if (url.Address is null)
                kestrel.ListenAnyIP(url.Port, use);
            else
                kestrel.Listen(url.Address, url.Port, use);
        }
    }

    /// <exception cref="ConfigurationException">The files are not there or hold no certificate with its key.</exception>
    public static X509Certificate2? LoadCertificate(TlsFiles? files)
    {
        try
        {
            return files is null ? null : X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException(
                $"no certificate with its key can be read from '{files!.Certificate}' and '{files.Key}' (PEM files): {e.Message}", e);
        }
    }
}
