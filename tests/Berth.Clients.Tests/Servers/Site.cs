using System.Net;
using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests.Servers;

/// <summary>A registry with the public content, reached over HTTP or TLS, and what a client must know to reach it.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly BerthServer _berth;
    private readonly CertificateAuthority? _authority;

    private Site(BerthServer berth, Login pusher, CertificateAuthority? authority, string trustDirectory)
    {
        (_berth, Pusher, _authority, TrustDirectory) = (berth, pusher, authority, trustDirectory);
        Http = new(berth.Address, authority?.Handler());
    }

    /// <summary>
    /// Address for HTTPS. Docker trusts loopback addresses without looking at the certificate, so there had better be another one that
    /// leads to this machine.
    /// </summary>
    public static string TlsAddress { get; } = Environment.GetEnvironmentVariable("BERTH_CLIENTS_TLS_ADDRESS") ?? "127.0.0.1";

    public string Host => _berth.Host;

    public bool Tls => _authority is not null;

    public Transport Transport => Tls ? Transport.Tls : Transport.Http;

    public Login Pusher { get; }

    /// <summary>Holds ca.crt, the authority's certificate, and nothing else: the form that Docker's and podman's families want.</summary>
    public string TrustDirectory { get; }

    public string AuthorityFile => $"{TrustDirectory}/ca.crt";

    /// <summary>Plain requests, for looking at what the registry holds.</summary>
    public RegistryHttp Http { get; }

    public static async Task<Site> StartAsync(Transport transport, string directory)
    {
        var authority = transport == Transport.Tls ? new CertificateAuthority() : null;
        var trust = Directory.CreateDirectory($"{directory}/trust").FullName;
        var berth = await BerthServer.StartAsync($"{directory}/data", tls: authority is null ? null : Listener(authority, directory));
        if (authority is not null)
            await File.WriteAllTextAsync($"{trust}/ca.crt", authority.Pem);
        try
        {
            var site = new Site(berth, await berth.AddUserAsync("pusher"), authority, trust);
            await site.FillAsync();
            return site;
        }
        catch
        {
            await berth.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _berth.DisposeAsync();
        _authority?.Dispose();
    }

    private async Task FillAsync()
    {
        var push = await Push.StartAsync(this, PublicContent.Repository);
        foreach (var blob in PublicContent.Blobs)
            await push.BlobAsync(blob);
        foreach (var (manifest, reference) in PublicContent.Manifests)
            await push.ManifestAsync(manifest, reference);
    }

    private static TlsListener Listener(CertificateAuthority authority, string directory)
    {
        var (certificate, key) = authority.Issue(IPAddress.Parse(TlsAddress));
        File.WriteAllText($"{directory}/server.crt", certificate);
        File.WriteAllText($"{directory}/server.key", key);
        return new(TlsAddress, $"{directory}/server.crt", $"{directory}/server.key");
    }
}
