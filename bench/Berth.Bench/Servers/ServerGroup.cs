using System.Collections;

namespace Berth.Bench.Servers;

/// <summary>The servers of a round. All of them run; one at a time is under load.</summary>
internal sealed class ServerGroup(IEnumerable<RunningServer> servers) : IEnumerable<RunningServer>, IAsyncDisposable
{
    private readonly RunningServer[] _servers = [.. servers];

    public RunningServer this[Peer peer] => _servers.First(server => server.Peer == peer);

    public IEnumerator<RunningServer> GetEnumerator() => ((IEnumerable<RunningServer>)_servers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }
}
