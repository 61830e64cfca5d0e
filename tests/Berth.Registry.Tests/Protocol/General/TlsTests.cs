using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Storage;
using Berth.Server.Configuration;

namespace Berth.Registry.Tests.Protocol.General;

public sealed class TlsTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task The_registry_is_served_over_TLS(string version)
    {
        using var directory = new TemporaryDirectory();
        await using var server = new BerthServer
        {
            Configure = options => options with { Listen = [ListenUrl.Parse("https://127.0.0.1:0")], Tls = WriteCertificate(directory) },
        };
        await server.InitializeAsync();
        using var expected = X509CertificateLoader.LoadCertificateFromFile(directory["cert.pem"]);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => expected.Equals(certificate) },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Url}/v2/")
        {
            Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains($"realm=\"https://127.0.0.1:{new Uri(server.Url).Port}/token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_without_a_certificate_are_named()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["cert.pem"], "nonsense");
        var error = Assert.Throws<ConfigurationException>(
            () => Server.TlsCertificate.Load(new TlsFiles(directory["cert.pem"], directory["absent"])));
        Assert.Contains(directory["cert.pem"], error.Message, StringComparison.Ordinal);
    }

    private static TlsFiles WriteCertificate(TemporaryDirectory directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=registry.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        File.WriteAllText(directory["cert.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(directory["key.pem"], key.ExportPkcs8PrivateKeyPem());
        return new TlsFiles(directory["cert.pem"], directory["key.pem"]);
    }
}
