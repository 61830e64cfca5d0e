using System.Diagnostics;
using System.Net;
using Berth.Oci;
using Berth.Packaging.Tests.Doctor;

namespace Berth.Packaging.Tests;

/// <summary>Debian's docker-registry (distribution 2.8), in memory, on a port of its own: open or with logins, plain or with TLS.</summary>
internal sealed class DebianRegistry : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private readonly Process _process;
    private readonly TempDirectory _directory;

    private DebianRegistry(Process process, TempDirectory directory, int port, IPAddress address)
    {
        (_process, _directory, Port) = (process, directory, port);
        Host = RegistryHost.Parse($"{address}:{port}");
    }

    /// <summary>By its address; it may have other names.</summary>
    public RegistryHost Host { get; }

    public int Port { get; }

    /// <param name="tls">Its certificate with those behind it, and its key.</param>
    /// <param name="login">The only user, as htpasswd has it; null lets everybody in.</param>
    public static async Task<DebianRegistry> StartAsync(ServerCertificate? tls = null, string? login = null, IPAddress? address = null)
    {
        var at = address ?? IPAddress.Loopback;
        var directory = new TempDirectory();
        var secure = tls is null
            ? ""
            : $"  tls: {{certificate: {directory.Write("tls.crt", tls.Certificate)}, key: {directory.Write("tls.key", tls.Key)}}}\n";
        var auth = login is null ? "" : $"auth:\n  htpasswd: {{realm: r, path: {directory.Write("htpasswd", login)}}}\n";
        var configuration = directory.Write(
            "config.yml", $"version: 0.1\nlog: {{level: info, accesslog: {{disabled: true}}}}\nstorage: {{inmemory: {{}}}}\n{auth}http:\n  addr: '{at}:0'\n{secure}");
        var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration]) { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var found and >= 0)
            {
                _ = process.StandardError.ReadToEndAsync();
                var host = line[(found + Listening.Length)..].Split('"', ' ', ',')[0];
                return new DebianRegistry(process, directory, RegistryHost.Parse(host).Port!.Value, at);
            }
        }

        throw new InvalidOperationException("docker-registry does not start.");
    }

    public Reference Repository(string path) => new(Host, RepositoryName.Parse(path));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }
}
