using System.Security.Cryptography.X509Certificates;
using System.Text;
using Berth.Packaging.Adapter;

namespace Berth.Packaging.Tests.Adapter;

public sealed class AdapterTlsTests
{
    private const string Version = """{"major":1,"minor":0,"maintenance":0}""";

    [Fact]
    public async Task The_certificate_that_the_adapter_was_given_is_accepted()
    {
        using var tls = AdapterTls.Create("adapter", TimeProvider.System);
        using var served = FromPem(tls);
        using var server = new CannedServer(CannedServer.Json(Version), served);
        using var api = new AdapterApi(server.Address, tls.Certificate, TimeProvider.System);

        Assert.Equal("1.0.0", (await api.GetVersionAsync(TestContext.Current.CancellationToken)).ToString());
    }

    [Fact]
    public async Task Another_certificate_for_the_same_name_is_refused()
    {
        using var given = AdapterTls.Create("adapter", TimeProvider.System);
        using var other = AdapterTls.Create("adapter", TimeProvider.System);
        using var served = FromPem(other);
        using var server = new CannedServer(CannedServer.Json(Version), served);
        using var api = new AdapterApi(server.Address, given.Certificate, TimeProvider.System);

        var e = await Assert.ThrowsAsync<AdapterException>(() => api.GetVersionAsync(TestContext.Current.CancellationToken));

        Assert.Equal(AdapterFailure.Certificate, e.Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_adapter_without_TLS_is_refused_where_TLS_is_expected()
    {
        using var given = AdapterTls.Create("adapter", TimeProvider.System);
        using var server = new CannedServer(CannedServer.Json(Version));
        using var api = new AdapterApi(server.Address, given.Certificate, TimeProvider.System);

        var e = await Assert.ThrowsAsync<AdapterException>(() => api.GetVersionAsync(TestContext.Current.CancellationToken));

        Assert.Equal(AdapterFailure.Certificate, e.Failure);
    }

    [Fact]
    public void The_pair_is_PEM_at_the_two_paths_valid_now_and_readable_by_any_user()
    {
        using var tls = AdapterTls.Create("dockerized_adapter_K_1", TimeProvider.System);

        Assert.Equal(["/etc/ssl/certs/dockerized.crt", "/etc/ssl/certs/dockerized.key"], tls.Files.Select(file => file.Path));
        Assert.All(tls.Files, file => Assert.True(file.Mode.HasFlag(UnixFileMode.OtherRead)));
        using var certificate = FromPem(tls);
        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.InRange(TimeProvider.System.GetUtcNow().UtcDateTime, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
    }

    private static X509Certificate2 FromPem(AdapterTls tls)
    {
        using var pem = X509Certificate2.CreateFromPem(Text(tls, 0), Text(tls, 1));
        // Through PKCS#12: a key that lives in memory alone is not taken for a TLS server on every platform.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static string Text(AdapterTls tls, int file) => Encoding.ASCII.GetString(tls.Files[file].Content.Span);
}
