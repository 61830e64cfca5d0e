using System.Net;
using System.Security.Cryptography.X509Certificates;
using Berth.Clients.Tests.Servers;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class EngineTlsTests : IAsyncLifetime
{
    private const string Issuer = "CN=Berth client tests";

    private readonly CertificateAuthority _authority = new();
    private readonly TempDirectory _certificates = new();
    private TlsRelay? _relay;

    public ValueTask InitializeAsync()
    {
        var (certificate, key) = _authority.Issue(IPAddress.Loopback);
        _certificates.Write("cert.pem", certificate);
        _certificates.Write("key.pem", key);
        _certificates.Write("ca.pem", _authority.Pem);
        _relay = new TlsRelay(X509Certificate2.CreateFromPem(certificate, key), Issuer);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _relay!.DisposeAsync();
        _authority.Dispose();
        _certificates.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_engine_behind_TLS_is_used_with_the_certificates_of_its_directory(bool verify)
    {
        if (!verify)
            File.Delete(_certificates.Path("ca.pem"));

        using var engine = await ConnectAsync(verify);

        Assert.Equal("linux", engine.Info.Platform.Os);
    }

    [Fact]
    public async Task An_engine_whose_certificate_is_of_nobody_known_is_not_used()
    {
        using var other = new CertificateAuthority();
        _certificates.Write("ca.pem", other.Pem);

        await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(verify: true));
    }

    [Fact]
    public async Task Without_a_certificate_of_its_own_the_client_is_refused()
    {
        File.Delete(_certificates.Path("key.pem"));

        await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(verify: true));
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_is_said_so()
    {
        _certificates.Write("cert.pem", "nonsense");

        var e = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(verify: true));

        Assert.Equal(EngineFailure.Address, e.Failure);
        Assert.Contains(_certificates.FullPath, e.Message, StringComparison.Ordinal);
    }

    private Task<ContainerEngine> ConnectAsync(bool verify) => ContainerEngine.ConnectAsync(
        EngineEndpoint.Parse(_relay!.Address) with { Tls = new EngineTls(_certificates.FullPath, verify) }, TestContext.Current.CancellationToken);
}
