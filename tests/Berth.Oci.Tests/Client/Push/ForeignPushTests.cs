using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>Pushing to Debian's docker-registry, which speaks Basic and nothing else where it wants a login.</summary>
public sealed class ForeignPushTests(OpenForeignRegistry open, GuardedForeignRegistry guarded)
    : IClassFixture<OpenForeignRegistry>, IClassFixture<GuardedForeignRegistry>
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly PushLimits Limits = new() { OneRequest = 50_000, Chunk = 1_000_000, Retries = 2, FirstWait = TimeSpan.FromMilliseconds(1) };

    private readonly PushLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20_000)]
    [InlineData(3_500_000)]
    public async Task A_blob_arrives_in_one_request_and_in_chunks(int length)
    {
        var blob = new TestBlob(length);
        using var client = open.Client();

        Assert.Equal(BlobOutcome.Uploaded, await Pusher(client).PushBlobAsync(blob.ToPush(), Token));
        Assert.Equal(BlobOutcome.Present, await Pusher(client).PushBlobAsync(blob.ToPush(), Token));
        await AssertServedAsync(client, blob);
        Assert.Empty(_log.Retries);
    }

    [Fact]
    public async Task A_blob_is_mounted_from_another_repository()
    {
        var blob = new TestBlob(100_000);
        using var client = open.Client();
        await Pusher(client).PushBlobAsync(blob.ToPush(), Token);

        var other = new RepositoryPusher(client, RepositoryName.Parse("another/one"), _log, Limits);

        Assert.Equal(BlobOutcome.Mounted, await other.PushBlobAsync(blob.ToPush(from: Team), Token));
    }

    [Fact]
    public async Task A_broken_connection_is_survived_although_this_registry_forgets_the_upload()
    {
        await using var relay = new CuttingRelay(open.Host);
        using var client = new RegistryClient(relay.Host, AnonymousCredentialSource.Instance);
        var blob = new TestBlob(3_500_000);
        relay.CutAt(2_500_000);

        Assert.Equal(BlobOutcome.Uploaded, await Pusher(client).PushBlobAsync(blob.ToPush(), Token));

        Assert.Equal(1, relay.Cuts);
        Assert.Single(_log.Retries);
        await AssertServedAsync(client, blob);
    }

    [Fact]
    public async Task A_connection_that_breaks_each_time_ends_the_push_with_the_reason()
    {
        await using var relay = new CuttingRelay(open.Host);
        using var client = new RegistryClient(relay.Host, AnonymousCredentialSource.Instance);
        relay.CutEvery(100_000);

        var failure = await Assert.ThrowsAsync<RegistryException>(() => Pusher(client).PushBlobAsync(new TestBlob(3_500_000).ToPush(), Token));

        Assert.Equal(RegistryFailure.Unreachable, failure.Reason);
        Assert.Contains("was given up after 2 retries: the connection to", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_login_pushes_chunks_and_manifests()
    {
        using var client = guarded.Client(new FixedCredentialSource(guarded.Host, GuardedForeignRegistry.Login));
        var blob = new TestBlob(3_500_000);

        await Pusher(client).PushBlobAsync(blob.ToPush(), Token);

        await AssertServedAsync(client, blob);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_its_file_and_tried_once()
    {
        var login = new Credential("pusher", "not-it") { Origin = "/home/me/.docker/config.json" };
        using var client = guarded.Client(new FixedCredentialSource(guarded.Host, login));

        var failure = await Assert.ThrowsAsync<RegistryException>(() => Pusher(client).PushBlobAsync(new TestBlob(10).ToPush(), Token));

        Assert.Equal(RegistryFailure.Unauthorized, failure.Reason);
        Assert.Equal(
            $"{guarded.Host} refuses the login of 'pusher' from /home/me/.docker/config.json: check the user name and the password; log in again with "
            + $"'docker login {guarded.Host}', or give --registry-username with --password-stdin",
            failure.Message);
        Assert.Empty(_log.Retries);
    }

    private RepositoryPusher Pusher(RegistryClient client) => new(client, Team, _log, Limits);

    private static async Task AssertServedAsync(RegistryClient client, TestBlob blob)
    {
        await using var served = await client.OpenBlobAsync(Team, blob.Descriptor.Digest, Token);
        var bytes = new MemoryStream();
        await served!.CopyToAsync(bytes, Token);
        Assert.Equal(blob.Bytes, bytes.ToArray());
    }
}
