using Berth.Chain.Tests.Running;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;
using Berth.Oci.Tests.Client.Push;

namespace Berth.Chain.Tests;

/// <summary>Our client against our server, with a login and tokens, on connections that break.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const int Large = 24_000_000;

    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");

    private static readonly PushLimits Limits = new() { OneRequest = 1_000_000, Chunk = 4_000_000, FirstWait = TimeSpan.FromMilliseconds(10) };

    private readonly ScratchDirectory _scratch = new();
    private readonly PushLog _log = new();
    private BerthServer? _berth;
    private Login? _pusher;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BerthServer Berth => _berth!;

    public async ValueTask InitializeAsync()
    {
        _berth = await BerthServer.StartAsync(_scratch.File("data"));
        _pusher = await _berth.AddUserAsync("pusher");
    }

    public async ValueTask DisposeAsync()
    {
        if (_berth is not null)
            await _berth.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_push_goes_on_with_the_chunk_in_which_the_connection_broke()
    {
        await using var relay = new CuttingRelay(RegistryHost.Parse(Berth.Host));
        var blob = new TestBlob(Large);
        relay.CutAt(18_000_000);
        using var client = Client(relay.Host);

        await new RepositoryPusher(client, Team, _log, Limits).PushBlobAsync(blob.ToPush(), Token);

        Assert.Equal(1, relay.Cuts);
        Assert.Single(_log.Retries);
        // Of a chunk that says which bytes it has, Berth keeps all or nothing.
        Assert.InRange(relay.Sent, Large, Large + Limits.Chunk + 100_000);
        await AssertServedAsync(blob);
    }

    [Fact]
    public async Task A_blob_that_the_pusher_may_read_elsewhere_is_mounted_without_being_told_where()
    {
        var blob = new TestBlob(2_000_000);
        using var client = Client(RegistryHost.Parse(Berth.Host));
        await new RepositoryPusher(client, Team, _log, Limits).PushBlobAsync(blob.ToPush(), Token);

        var other = new RepositoryPusher(client, RepositoryName.Parse("team/other"), _log, Limits);

        Assert.Equal(BlobOutcome.Mounted, await other.PushBlobAsync(blob.ToPush(), Token));
    }

    [Fact]
    public async Task A_registry_that_is_killed_in_mid_push_is_given_up_with_the_reason()
    {
        await using var relay = new CuttingRelay(RegistryHost.Parse(Berth.Host));
        relay.CutAt(5_000_000);
        relay.OnCut = Berth.Kill;
        using var client = Client(relay.Host);

        var failure = await Assert.ThrowsAsync<RegistryException>(
            () => new RepositoryPusher(client, Team, _log, Limits).PushBlobAsync(new TestBlob(Large).ToPush(), Token));

        Assert.Equal(RegistryFailure.Unreachable, failure.Reason);
        Assert.Contains($"was given up after {Limits.Retries} retries", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Limits.Retries, _log.Retries.Count);
    }

    private RegistryClient Client(RegistryHost host) =>
        new(host, new FixedCredentialSource(host, new Credential(_pusher!.Name, _pusher.Password)));

    private async Task AssertServedAsync(TestBlob blob)
    {
        using var anonymous = new RegistryClient(RegistryHost.Parse(Berth.Host), AnonymousCredentialSource.Instance);
        await using var served = await anonymous.OpenBlobAsync(Team, blob.Descriptor.Digest, Token);
        var bytes = new MemoryStream();
        await served!.CopyToAsync(bytes, Token);
        Assert.Equal(blob.Bytes, bytes.ToArray());
    }
}
