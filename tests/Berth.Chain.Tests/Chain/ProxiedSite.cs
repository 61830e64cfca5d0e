using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Servers;

namespace Berth.Chain.Tests.Chain;

/// <summary>A registry, and nginx with a certificate of an authority of its own in front of it.</summary>
internal sealed class ProxiedSite : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch;
    private readonly CertificateAuthority _authority;
    private readonly BerthServer _berth;
    private readonly Nginx _nginx;

    private ProxiedSite(ScratchDirectory scratch, CertificateAuthority authority, BerthServer berth, Nginx nginx, Login login)
    {
        (_scratch, _authority, _berth, _nginx, Login) = (scratch, authority, berth, nginx, login);
        scratch.Write("policy.json", """{ "default": [{ "type": "insecureAcceptAnything" }] }""");
        scratch.Write("registries.conf", "");
    }

    public Login Login { get; }

    public string Host => _nginx.Host;

    /// <summary>Directory of the authority's certificate.</summary>
    public string Certificates => _scratch.File("ca");

    /// <param name="server">A server block; its port, files and upstream are replaced.</param>
    /// <param name="flags">Of `berth serve`; HOST is the proxy's.</param>
    public static async Task<ProxiedSite> StartAsync(string server, params string[] flags)
    {
        var scratch = new ScratchDirectory();
        var authority = new CertificateAuthority();
        var (certificate, key) = authority.Issue(IPAddress.Loopback);
        scratch.Write("ca/ca.crt", authority.Pem);
        var (certificateFile, keyFile) = (scratch.Write("proxy.crt", certificate), scratch.Write("proxy.key", key));

        // The registry has to know the proxy's address and the proxy the registry's: the port of one is chosen first.
        var registryPort = Ports.Free();
        var nginx = await Nginx.StartAsync(scratch, port => server
            .Replace("listen 443", $"listen 127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("/etc/nginx/registry.example.crt", certificateFile, StringComparison.Ordinal)
            .Replace("/etc/nginx/registry.example.key", keyFile, StringComparison.Ordinal)
            .Replace("127.0.0.1:5000", $"127.0.0.1:{registryPort}", StringComparison.Ordinal));
        var berth = await BerthServer.StartAsync(
            scratch.File("data"), registryPort, null, [.. flags.Select(flag => flag.Replace("HOST", nginx.Host, StringComparison.Ordinal))]);
        return new(scratch, authority, berth, nginx, await berth.AddUserAsync("pusher"));
    }

    public string Fresh(string name) => _scratch.File(name);

    public HttpClient Client() => new(_authority.Handler()) { BaseAddress = new Uri($"https://{Host}/") };

    public Command Skopeo(params string[] arguments) => new Command("skopeo", ["--policy", _scratch.File("policy.json"), .. arguments])
        .With("REGISTRY_AUTH_FILE", _scratch.File("auth.json"))
        .With("XDG_RUNTIME_DIR", _scratch.FullName)
        .With("CONTAINERS_REGISTRIES_CONF", _scratch.File("registries.conf"));

    /// <summary>An image of one layer that is larger than what proxies take by default, as skopeo keeps it in a directory.</summary>
    public async Task<string> MakeImageAsync()
    {
        var (config, layer) = ("{}"u8.ToArray(), RandomNumberGenerator.GetBytes(5_000_000));
        foreach (var blob in new[] { config, layer })
        {
            Directory.CreateDirectory(_scratch.File("image"));
            await File.WriteAllBytesAsync(_scratch.File($"image/{Sha256.Of(blob)[7..]}"), blob, TestContext.Current.CancellationToken);
        }

        _scratch.Write("image/version", "Directory Transport Version: 1.1\n");
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Sha256.Of(config)}}","size":{{config.Length}}},
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Sha256.Of(layer)}}","size":{{layer.Length}}}]}
            """;
        return Path.GetDirectoryName(_scratch.Write("image/manifest.json", manifest))!;
    }

    /// <summary>Asks for a token where the challenge says, with the login.</summary>
    public async Task<AuthenticationHeaderValue> TokenAsync(HttpClient http, string address, string scope)
    {
        using var challenged = await http.GetAsync(address, TestContext.Current.CancellationToken);
        var realm = challenged.Headers.WwwAuthenticate.Single().Parameter!.Split('"')[1];
        Assert.StartsWith($"https://{Host}/", realm, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{realm}?service=berth&scope={scope}");
        request.Headers.Authorization = Login.Header;
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new("Bearer", document.RootElement.GetProperty("token").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _nginx.DisposeAsync();
        await _berth.DisposeAsync();
        _authority.Dispose();
        _scratch.Dispose();
    }
}
