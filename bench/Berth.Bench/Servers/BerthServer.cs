namespace Berth.Bench.Servers;

/// <summary>Berth as it comes: durable pushes, logins for whoever pushes. Its log is set as sparse as the peers' are: errors only.</summary>
internal static class BerthServer
{
    public const string Password = "bench-password-bench";

    public static RunningServer Start(ServerSettings settings)
    {
        var (port, tlsPort) = (FreePort.Take(), settings.Tls is null ? 0 : FreePort.Take());
        List<string> arguments = ["serve", "--data", settings.Data, "--log-level", "error", "--listen", $"http://127.0.0.1:{port}"];
        if (settings.Tls is { } tls)
            arguments.AddRange(["--listen", $"https://127.0.0.1:{tlsPort}", "--tls-cert", tls.Certificate, "--tls-key", tls.Key]);
        var process = ServerProcess.Start(
            settings.Work, settings.BerthFile, arguments, ("BERTH_ADMIN_PASSWORD", Password), ("BERTH__Tokens__Seconds", "3600"));
        return new RunningServer(Peer.Berth, port, tlsPort, process);
    }
}
