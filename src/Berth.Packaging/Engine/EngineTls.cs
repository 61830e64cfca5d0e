using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Engine;

/// <summary>What a TLS connection to an engine needs: docker's ca.pem, cert.pem and key.pem, each of them where it is there.</summary>
/// <param name="Directory">Holds the three files.</param>
/// <param name="Verify">Whether the engine's certificate is checked.</param>
internal sealed record EngineTls(string Directory, bool Verify)
{
    /// <exception cref="EngineException">A file is no certificate or no key.</exception>
    public SslClientAuthenticationOptions ToOptions()
    {
        try
        {
            var options = new SslClientAuthenticationOptions();
            if (File.Exists(PathOf("cert.pem")) && File.Exists(PathOf("key.pem")))
                options.ClientCertificates = [X509Certificate2.CreateFromPemFile(PathOf("cert.pem"), PathOf("key.pem"))];
            if (!Verify)
                options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
            else if (File.Exists(PathOf("ca.pem")))
                options.CertificateChainPolicy = Trusting(PathOf("ca.pem"));
            return options;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineFailure.Address, $"The engine's certificates in {Directory} cannot be used: {OneLine.Of(e.Message)}", e);
        }
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private string PathOf(string file) => Path.Combine(Directory, file);
}
