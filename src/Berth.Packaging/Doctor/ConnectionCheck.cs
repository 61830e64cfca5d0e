using System.Net;
using System.Net.Sockets;
using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>Whether something takes a TCP connection at the port of the registry.</summary>
internal sealed class ConnectionCheck(HostRole role, RegistryCheckOptions options)
{
    private const int MostAddresses = 4;

    /// <summary>The port that took a connection; 0 before.</summary>
    public int Port { get; private set; }

    private int[] Candidates => role.Host.Port is { } port ? [port] : options.MayBePlain(role.Host) ? [443, 80] : [443];

    public async Task<CheckResult> RunAsync(IReadOnlyList<IPAddress> addresses, CancellationToken cancellationToken)
    {
        var candidates = Candidates;
        var problem = CheckResult.Failed("the name leads to no address", "enter an address for it in DNS");
        foreach (var port in candidates)
        {
            foreach (var address in addresses.Take(MostAddresses))
            {
                if (await TryAsync(new IPEndPoint(address, port), cancellationToken) is { } found)
                {
                    problem = found;
                    continue;
                }

                Port = port;
                return CheckResult.Passed($"port {port} answers");
            }
        }

        return problem;
    }

    private async Task<CheckResult?> TryAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Failed(
                $"no answer from {endpoint} within {options.ConnectTimeout.TotalSeconds:0.#} s",
                $"is the machine up? if it is, a firewall drops it: let TCP port {endpoint.Port} through from here{FromProxies}");
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return CheckResult.Failed(
                $"nothing listens at {endpoint} (connection refused)",
                "start the registry, or correct the port: without one, it is 443");
        }
        catch (SocketException e)
        {
            return CheckResult.Failed(
                $"{endpoint} cannot be reached ({Quote.Short(e.Message)})", $"check the address and the network in between{FromProxies}");
        }
    }

    private string FromProxies => role.IsPulledFrom ? ", and from each Cloud Proxy" : "";
}
