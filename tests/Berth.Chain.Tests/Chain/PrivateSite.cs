using System.IO.Compression;
using System.Text;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>A site whose registries each have one fault.</summary>
public sealed class PrivateSite : IAsyncLifetime
{
    internal const string UnknownAuthority = "registry.example";
    internal const string OtherName = "registry.example:8443";
    internal const string Expired = "registry.example:9443";
    internal const string Plain = "registry.example:8080";

    private readonly ScratchDirectory _scratch = new();
    private Site? _site;

    public async ValueTask InitializeAsync()
    {
        using var authority = new PrivateAuthority("Our packs");
        var now = TimeProvider.System.GetUtcNow();
        _scratch.Write("authority.crt", authority.Certificate);
        foreach (var (file, name, ends) in new[] { ("good", "registry.example", 30), ("other", "other.example", 30), ("expired", "registry.example", -1) })
        {
            var (certificate, key) = authority.Issue(name, now.AddDays(-30), now.AddDays(ends));
            _scratch.Write($"{file}.crt", certificate);
            _scratch.Write($"{file}.key", key);
        }

        _site = await Site.StartAsync(_scratch.FullName, "registry.example");
        await Shell(
            $"""
            ip route add unreachable 198.18.9.0/24
            for registry in {OtherName} {Expired}; do
              mkdir -p /etc/docker/certs.d/$registry && cp authority.crt /etc/docker/certs.d/$registry/ca.crt
            done
            """).SucceedAsync();
        await ServeAsync("good", 443);
        await ServeAsync("other", 8443);
        await ServeAsync("expired", 9443);
        await _site.ServeAsync("exec berth serve --data plain --listen http://198.18.0.1:8080");
    }

    internal Command Shell(string commands) => _site!.Shell(commands);

    /// <summary>A pak that names an image there, and nothing else.</summary>
    /// <returns>Its path.</returns>
    internal string WritePak(string registry, string repository, string digest)
    {
        var path = _scratch.File($"{Guid.NewGuid():N}.pak");
        using var adapter = new MemoryStream();
        using (var archive = new ZipArchive(adapter, ZipArchiveMode.Create, leaveOpen: true))
        using (var conf = archive.CreateEntry("HostWatch.conf").Open())
        {
            conf.Write(Encoding.ASCII.GetBytes(
                $"KINDKEY=HostWatch\nAPI_VERSION=1.0.0\nAPI_PROTOCOL=https\nAPI_PORT=443\nREGISTRY={registry}\nREPOSITORY=/{repository}\nDIGEST={digest}\n"));
        }

        using var pak = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = pak.CreateEntry("adapter.zip").Open();
        entry.Write(adapter.ToArray());
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
        _scratch.Dispose();
    }

    private Task ServeAsync(string name, int port) => _site!.ServeAsync(
        $"exec berth serve --data {name} --listen https://198.18.0.1:{port} --tls-cert {name}.crt --tls-key {name}.key");
}
