using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>"201 means durable": SIGKILL at moments that a fixed seed chooses, and everything acknowledged is still there.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 10;
    private const int Pushers = 4;

    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public async Task Everything_acknowledged_before_a_kill_is_served_byte_for_byte_after_a_restart()
    {
        var moments = new Random(20260301);
        var login = await AddPusherAsync();
        var pushers = new List<Pusher>();
        for (var round = 0; round < Rounds; round++)
        {
            pushers.AddRange(await PushUntilKilledAsync(login, round, moments));
            await using var again = await BerthServer.StartAsync(_scratch.File("data"));
            using var http = new RegistryHttp(again.Address);
            foreach (var pusher in pushers)
                await CheckAsync(http, pusher);
        }
        // The rounds must have been worth it: something acknowledged, and something cut off.
        Assert.True(pushers.Sum(pusher => pusher.Acknowledged.Count) > Rounds * Pushers);
        Assert.Contains(pushers, pusher => pusher.Begun.Any(digest => !pusher.Acknowledged.ContainsKey($"blobs/{digest}")));
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<Login> AddPusherAsync()
    {
        await using var berth = await BerthServer.StartAsync(_scratch.File("data"));
        return await berth.AddUserAsync("pusher");
    }

    /// <summary>Kills the server after some bytes in one round, after some acknowledgements in the next.</summary>
    private async Task<IReadOnlyList<Pusher>> PushUntilKilledAsync(Login login, int round, Random moments)
    {
        await using var berth = await BerthServer.StartAsync(_scratch.File("data"));
        var bytes = new Countdown(round % 2 == 0 ? moments.Next(8 * 1024 * 1024) : long.MaxValue, berth.Kill);
        var answers = new Countdown(round % 2 == 1 ? moments.Next(60) : long.MaxValue, berth.Kill);
        var pushers = Enumerable.Range(0, Pushers)
            .Select(number => new Pusher(
                berth.Address, login, $"kill/{number}", round * Pushers + number, sent => bytes.Subtract(sent), () => answers.Subtract(1)))
            .ToList();
        await Task.WhenAll(pushers.Select(pusher => pusher.PushUntilKilledAsync()));
        await berth.WaitForExitAsync();
        return pushers;
    }

    private static async Task CheckAsync(RegistryHttp http, Pusher pusher)
    {
        foreach (var (path, digest) in pusher.Acknowledged)
        {
            var content = await http.FetchAsync($"/v2/{pusher.Repository}/{path}");
            Assert.True(content is not null, $"{path} was acknowledged and is gone");
            Assert.Equal(digest, Sha256.Of(content));
        }
        // What was cut off may be there or not, but never in part.
        foreach (var digest in pusher.Begun)
        {
            if (await http.FetchAsync($"/v2/{pusher.Repository}/blobs/{digest}") is { } content)
                Assert.Equal(digest, Sha256.Of(content));
        }
    }
}
