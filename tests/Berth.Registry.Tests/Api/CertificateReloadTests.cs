using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Registry.Tests.Storage;
using Berth.Server;
using Berth.Server.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Api;

public sealed class CertificateReloadTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly BerthServer _server;

    public CertificateReloadTests()
    {
        Write("first");
        _server = new BerthServer
        {
            Time = _time,
            Configure = options => options with
            {
                Listen = [ListenUrl.Parse("https://127.0.0.1:0")], Tls = new TlsFiles(_directory["cert.pem"], _directory["key.pem"]),
            },
        };
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task New_connections_get_the_new_certificate_and_old_ones_go_on()
    {
        await using var old = await ConnectAsync();
        Assert.Equal("CN=first", old.RemoteCertificate!.Subject);
        Write("second");
        Look();

        await using var fresh = await ConnectAsync();

        Assert.Equal("CN=second", fresh.RemoteCertificate!.Subject);
        Assert.StartsWith("HTTP/1.1 200", await GetAsync(old), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await GetAsync(fresh), StringComparison.Ordinal);
        Assert.Contains(_server.LogLines, line => line.Contains("The certificate was replaced: CN=second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_replacement_is_refused_until_the_other_half_is_there()
    {
        var key = File.ReadAllText(_directory["key.pem"]);
        Write("second");
        var secondKey = File.ReadAllText(_directory["key.pem"]);
        File.WriteAllText(_directory["key.pem"], key);
        Look();
        Look();

        await using (var still = await ConnectAsync())
            Assert.Equal("CN=first", still.RemoteCertificate!.Subject);
        Assert.Single(_server.LogLines, line => line.Contains("The certificate stays the old one", StringComparison.Ordinal));

        File.WriteAllText(_directory["key.pem"], secondKey);
        Look();
        await using var now = await ConnectAsync();
        Assert.Equal("CN=second", now.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task Files_that_are_gone_or_nonsense_change_nothing()
    {
        File.Delete(_directory["cert.pem"]);
        Look();
        await using (var still = await ConnectAsync())
            Assert.Equal("CN=first", still.RemoteCertificate!.Subject);

        File.WriteAllText(_directory["cert.pem"], "nonsense");
        Look();
        await using var again = await ConnectAsync();
        Assert.Equal("CN=first", again.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task A_link_that_points_elsewhere_is_another_certificate()
    {
        Write("second");
        foreach (var file in new[] { "cert.pem", "key.pem" })
        {
            Directory.CreateDirectory(_directory["second"]);
            File.Move(_directory[file], Path.Combine(_directory["second"], file));
            File.CreateSymbolicLink(_directory[file], Path.Combine(_directory["second"], file));
        }

        Look();
        await using var now = await ConnectAsync();
        Assert.Equal("CN=second", now.RemoteCertificate!.Subject);
    }

    private void Look() => _time.Advance(TlsCertificate.Look);

    private void Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        File.WriteAllText(_directory["cert.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_directory["key.pem"], key.ExportPkcs8PrivateKeyPem());
    }

    private async Task<SslStream> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(_server.Url).Port, Cancelled);
        var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Issuer is "CN=first" or "CN=second");
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "registry.test" }, Cancelled);
        return tls;
    }

    private static async Task<string> GetAsync(SslStream tls)
    {
        await tls.WriteAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancelled);
        using var reader = new StreamReader(tls, leaveOpen: true);
        return await reader.ReadToEndAsync(Cancelled);
    }
}
