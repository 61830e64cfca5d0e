using System.Collections.Concurrent;
using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Clients;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

[assembly: AssemblyFixture(typeof(MatrixRun))]

namespace Berth.Clients.Tests.Matrix;

/// <summary>The registries that all cells share, the clients' homes, and what became of each cell.</summary>
public sealed class MatrixRun : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly Dictionary<Transport, Site> _sites = [];
    private readonly ConcurrentDictionary<(Client, Transport, Login?), Task<Home>> _homes = new();
    private readonly ConcurrentDictionary<Cell, Outcome> _outcomes = new();
    private int _directories;

    public async ValueTask InitializeAsync()
    {
        foreach (var transport in Enum.GetValues<Transport>())
            _sites[transport] = await Site.StartAsync(transport, NewDirectory());
    }

    internal async Task RunAsync(string name)
    {
        var cell = CellData.Cells[name];
        _outcomes[cell] = Outcome.Failed;
        await Trial.RunAsync(cell, await VisitAsync(cell));
        _outcomes[cell] = cell.Expected;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A page of a part of the matrix would pass for the whole.
            if (Environment.GetEnvironmentVariable("BERTH_CLIENTS_TABLE") is { Length: > 0 } path && _outcomes.Count == CellData.Cells.Count)
                await File.WriteAllTextAsync(path, await Document.WriteAsync(_outcomes));
            foreach (var client in AllClients.All)
                await client.CleanUpAsync();
        }
        finally
        {
            foreach (var site in _sites.Values)
                await site.DisposeAsync();
            _scratch.Dispose();
        }
    }

    private async Task<Visit> VisitAsync(Cell cell)
    {
        var site = _sites[cell.Transport];
        var privileged = cell.Operation.Right == Right.Administer ? BerthServer.Administrator : site.Pusher;
        var caller = cell.Access == Access.LoggedIn ? privileged : null;
        var home = await HomeAsync(cell.Client, site, caller);
        var owner = await HomeAsync(cell.Client, site, site.Pusher);
        return new(cell.Client, site, home, owner, caller, Repository(cell), NewDirectory());
    }

    /// <summary>Of a cell alone, with a name that says which.</summary>
    private static string Repository(Cell cell)
    {
        var operation = cell.Operation.Title.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');
        return $"{cell.Client.Name}/{operation}/{(cell.Access == Access.LoggedIn ? "logged-in" : "anonymous")}";
    }

    /// <summary>Logged in once, by the client itself. The cells of one client run one after another.</summary>
    private Task<Home> HomeAsync(Client client, Site site, Login? login) =>
        _homes.GetOrAdd((client, site.Transport, login), async _ =>
        {
            var home = new Home(NewDirectory(), site);
            if (login is not null)
                (await client.LogInAsync(home, site, login)).Succeeded();
            return home;
        });

    private string NewDirectory() => Directory.CreateDirectory(_scratch.File($"{Interlocked.Increment(ref _directories)}")).FullName;
}
