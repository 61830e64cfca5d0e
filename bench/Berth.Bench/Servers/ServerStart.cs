using System.Diagnostics;
using System.Net.Sockets;
using Berth.Bench.Http;

namespace Berth.Bench.Servers;

internal static class ServerStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static RunningServer Start(Peer peer, ServerSettings settings) => peer switch
    {
        Peer.Berth => BerthServer.Start(settings),
        Peer.Distribution => DistributionServer.Start(settings),
        _ => NginxServer.Start(settings),
    };

    /// <summary>Asks until there is an answer. One that asks for a login is an answer as well.</summary>
    /// <exception cref="BenchException">It does not come, or is another.</exception>
    public static async Task WaitAsync(RunningServer server, string path, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var port in server.TlsPort == 0 ? new[] { server.Port } : [server.Port, server.TlsPort])
        {
            while (!await AnswersAsync(server, port, path, cancellationToken))
            {
                server.RequireRunning();
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    throw new BenchException($"{server.Peer} does not answer on port {port}");
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task<bool> AnswersAsync(RunningServer server, int port, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(port, cancellationToken);
            if (port == server.TlsPort)
                return true;
            var response = await connection.GetAsync(path, cancellationToken);
            return response.Status is 200 or 401
                ? true
                : throw new BenchException($"{server.Peer}: GET {path} was answered with {response.Status} after its start");
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
