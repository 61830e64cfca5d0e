using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Berth.Torture.Checks;
using Berth.Torture.Clients;
using Berth.Torture.Content;
using Berth.Torture.Http;
using Berth.Torture.Model;
using Berth.Torture.Servers;

namespace Berth.Torture.Kills;

/// <summary>A data directory with the clients that push into it and know what must be there.</summary>
internal sealed class TortureStore
{
    private const int ClientCount = 6;

    private readonly List<RepositoryModel> _models;

    /// <param name="more">Repositories of others, which are checked too.</param>
    public TortureStore(
        string directory, int seed, ServerSettings settings, IJournal? journal = null, IEnumerable<RepositoryModel>? more = null)
    {
        Directory = System.IO.Directory.CreateDirectory(directory).FullName;
        Settings = settings;
        var content = new ContentPool(seed);
        Clients = [.. Enumerable.Range(0, ClientCount).Select(number => new TortureClient($"client-{number}", HashCode(seed, number), content, settings, journal))];
        var names = Clients.SelectMany(client => client.Models).Select(model => model.Name).ToList();
        foreach (var client in Clients)
            client.Neighbours = [.. names.Except(client.Models.Select(model => model.Name))];
        _models = [.. Clients.SelectMany(client => client.Models), .. more ?? []];
    }

    public string Directory { get; }

    public string Data => Path.Combine(Directory, "data");

    public string Log => Path.Combine(Directory, "server.log");

    /// <summary>The last thing that the server called a failure of its own, on a line of its own; empty when there was none.</summary>
    public string LastFault() =>
        File.Exists(Log) && File.ReadLines(Log).LastOrDefault(line => line.Contains(" fail: ", StringComparison.Ordinal)) is { } line
            ? $"\n  {line}"
            : "";

    public ServerSettings Settings { get; }

    public IReadOnlyList<TortureClient> Clients { get; }

    public int Acknowledged => Clients.Sum(client => client.Acknowledged);

    private AuthenticationHeaderValue? Token { get; set; }

    public Task<BerthProcess> StartAsync(CancellationToken cancelled) => BerthProcess.StartAsync(Data, Log, Settings, cancelled);

    /// <summary>One token for everything; it outlives the servers, which have their key in the database.</summary>
    public async Task LogInAsync(BerthProcess server, CancellationToken cancelled)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var scopes = _models.Select(model => $"&scope=repository:{model.Name}:pull,push,delete");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/token?service=berth{string.Concat(scopes)}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{ServerSettings.Password}")));
        using var answer = (await http.SendAsync(request, cancelled)).EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancelled));
        Token = new("Bearer", document.RootElement.GetProperty("token").GetString());
    }

    /// <summary>As a pusher. <see cref="LogInAsync"/> comes first.</summary>
    public RegistryConnection Connect(BerthProcess server, ITraffic traffic, CancellationToken cancelled) => new(server, Token, cancelled) { Traffic = traffic };

    /// <summary>All clients work until the server is gone or it is enough.</summary>
    public async Task WorkAsync(BerthProcess server, ITraffic traffic, CancellationToken enough, CancellationToken cancelled)
    {
        using var connection = Connect(server, traffic, cancelled);
        await Task.WhenAll(Clients.Select(client => client.WorkAsync(connection, enough)));
    }

    /// <summary>Compares what the server has with what it acknowledged.</summary>
    /// <param name="all">Everything, or what was touched since the last check and a sample.</param>
    public async Task CheckAsync(BerthProcess server, bool all, Random random, CancellationToken cancelled)
    {
        using var connection = new RegistryConnection(server, null, cancelled);
        await Task.WhenAll(_models.Select(model => CheckAsync(connection, model, all, new Random(random.Next()))));
    }

    private static async Task CheckAsync(RegistryConnection connection, RepositoryModel model, bool all, Random random)
    {
        var check = new RepositoryCheck(connection, model);
        await check.SettleAsync();
        if (all)
            await check.CheckAllAsync();
        else
            await check.CheckTouchedAsync(random, 2);
    }

    private static int HashCode(int seed, int number) => unchecked((seed * 31) + (number * 7919));
}
