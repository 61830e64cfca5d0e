namespace Berth.Bench.Servers;

/// <summary>Debian's docker-registry: files, descriptors cached in memory, no logins, errors logged only.</summary>
internal static class DistributionServer
{
    public static RunningServer Start(ServerSettings settings)
    {
        var (port, tlsPort) = (FreePort.Take(), settings.Tls is null ? 0 : FreePort.Take());
        var plain = StartProcess(settings, port, "");
        return settings.Tls is { } tls
            ? new RunningServer(Peer.Distribution, port, tlsPort, plain, StartProcess(settings, tlsPort, $"""

                  tls:
                    certificate: {tls.Certificate}
                    key: {tls.Key}
                """))
            : new RunningServer(Peer.Distribution, port, tlsPort, plain);
    }

    /// <summary>It listens on one address, so TLS takes a second process, on the same files.</summary>
    private static ServerProcess StartProcess(ServerSettings settings, int port, string tls)
    {
        Directory.CreateDirectory(settings.Data);
        var file = Path.Combine(settings.Work, $"registry-{port}.yml");
        File.WriteAllText(file, $"""
            version: 0.1
            log:
              level: error
              accesslog:
                disabled: true
            storage:
              cache:
                blobdescriptor: inmemory
              filesystem:
                rootdirectory: {settings.Data}
              delete:
                enabled: true
              maintenance:
                uploadpurging:
                  enabled: false
            http:
              addr: 127.0.0.1:{port}
              secret: bench-secret
              relativeurls: true{tls}

            """);
        return ServerProcess.Start(settings.Work, "docker-registry", ["serve", file]);
    }
}
