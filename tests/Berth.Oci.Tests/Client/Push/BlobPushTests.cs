using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>How one blob gets to a registry that behaves, and to some that do not.</summary>
public sealed class BlobPushTests
{
    private const int Chunk = 100_000;
    private const int Large = 450_000;

    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");

    /// <summary>Small, so that small blobs are large ones; no time is wasted between retries.</summary>
    private static readonly PushLimits Limits = new() { OneRequest = 50_000, Chunk = Chunk, Retries = 3, FirstWait = TimeSpan.FromMilliseconds(1) };

    private readonly PushLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_blob_is_one_request_and_a_large_one_is_sent_in_chunks()
    {
        await using var registry = await UploadRegistry.StartAsync();
        var (small, large) = (new TestBlob(Chunk / 2), new TestBlob(Large));

        Assert.Equal(BlobOutcome.Uploaded, await PushAsync(registry.Server.Host, small));
        Assert.Equal(0, registry.Count("PATCH"));
        Assert.Equal(BlobOutcome.Uploaded, await PushAsync(registry.Server.Host, large));
        Assert.Equal(5, registry.Count("PATCH"));
        AssertHas(registry, small, large);
        Assert.Equal(Large, _log.Furthest);
        Assert.Equal(["started", "done", "started", "done"], _log.Events);
    }

    [Fact]
    public async Task A_blob_that_is_there_is_asked_for_and_not_sent()
    {
        await using var registry = await UploadRegistry.StartAsync();
        var blob = new TestBlob(Large);
        await PushAsync(registry.Server.Host, blob);
        registry.Server.Seen.Clear();

        Assert.Equal(BlobOutcome.Present, await PushAsync(registry.Server.Host, blob));

        Assert.Equal("HEAD", Assert.Single(registry.Server.Seen, request => request.Path != "/v2/").Method);
        Assert.Equal("skipped", _log.Events.Last());
    }

    [Fact]
    public async Task A_blob_of_another_length_at_the_registry_is_sent_again()
    {
        await using var registry = await UploadRegistry.StartAsync();
        var blob = new TestBlob(1000);
        registry.Blobs[blob.Descriptor.Digest.ToString()] = [1, 2, 3];

        Assert.Equal(BlobOutcome.Uploaded, await PushAsync(registry.Server.Host, blob));
        AssertHas(registry, blob);
    }

    [Fact]
    public async Task A_registry_that_knows_the_blob_mounts_it_without_being_told_from_where()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context => Task.FromResult(context.Request.Query.ContainsKey("mount") && (context.Response.StatusCode = 201) > 0);

        Assert.Equal(BlobOutcome.Mounted, await PushAsync(registry.Server.Host, new TestBlob(Large)));
        Assert.Equal(["mounted"], _log.Events);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_registry_that_dislikes_a_mount_gets_an_upload(int status)
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context => Task.FromResult(context.Request.Query.ContainsKey("mount") && (context.Response.StatusCode = status) > 0);
        var blob = new TestBlob(Large);

        Assert.Equal(BlobOutcome.Uploaded, await PushAsync(registry.Server.Host, blob));
        AssertHas(registry, blob);
    }

    [Fact]
    public async Task Chunks_are_as_long_as_the_registry_wants_them()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.LeastChunk = 200_000;
        var blob = new TestBlob(Large);

        await PushAsync(registry.Server.Host, blob);

        Assert.Equal(3, registry.Count("PATCH"));
        AssertHas(registry, blob);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(404)]
    [InlineData(501)]
    [InlineData(400)]
    [InlineData(200)]
    public async Task A_registry_without_chunks_gets_one_large_request_and_no_chunk_again(int status)
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context => Task.FromResult(context.Request.Method == "PATCH" && (context.Response.StatusCode = status) > 0);
        using var client = registry.Server.Client();
        var pusher = new RepositoryPusher(client, Team, _log, Limits);
        var (one, two) = (new TestBlob(Large), new TestBlob(Large));

        await pusher.PushBlobAsync(one.ToPush(), Token);
        await pusher.PushBlobAsync(two.ToPush(), Token);

        AssertHas(registry, one, two);
        Assert.Equal(1, registry.Count("PATCH"));
        Assert.Empty(_log.Retries);
    }

    [Fact]
    public async Task A_registry_that_puts_chunks_together_wrongly_gets_one_large_request()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = async context =>
        {
            if (context.Request.Method == "PATCH" && context.Request.Headers.ContentRange is [{ } range] && range.StartsWith("100000-", StringComparison.Ordinal))
                await context.Request.Body.ReadExactlyAsync(new byte[10]);
            return false;
        };
        var blob = new TestBlob(Large);

        await PushAsync(registry.Server.Host, blob);

        AssertHas(registry, blob);
    }

    [Fact]
    public async Task A_blob_that_was_taken_although_the_answer_was_lost_is_not_sent_again()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context =>
        {
            if (context.Request.Method == "PUT")
                context.Response.OnStarting(() =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                });
            return Task.FromResult(false);
        };
        var blob = new TestBlob(Large);

        Assert.Equal(BlobOutcome.Uploaded, await PushAsync(registry.Server.Host, blob));

        Assert.Equal(5, registry.Count("PATCH"));
        Assert.Single(_log.Retries);
    }

    private async Task<BlobOutcome> PushAsync(RegistryHost host, TestBlob blob)
    {
        using var client = new RegistryClient(host, AnonymousCredentialSource.Instance);
        return await new RepositoryPusher(client, Team, _log, Limits).PushBlobAsync(blob.ToPush(), Token);
    }

    private static void AssertHas(UploadRegistry registry, params TestBlob[] blobs)
    {
        foreach (var blob in blobs)
            Assert.Equal(blob.Bytes, registry.Blobs[blob.Descriptor.Digest.ToString()]);
    }
}
