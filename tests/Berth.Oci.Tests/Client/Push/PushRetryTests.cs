using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>What a push lasts through, how long, and what ends it at once.</summary>
public sealed class PushRetryTests
{
    private const int Large = 4_000_000;

    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");

    private static readonly PushLimits Limits = new()
    {
        OneRequest = 50_000,
        Chunk = 1_000_000,
        Retries = 3,
        FirstWait = TimeSpan.FromMilliseconds(1),
        LongestWait = TimeSpan.FromMilliseconds(3),
    };

    private readonly PushLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broken_connection_goes_on_where_the_registry_is()
    {
        await using var registry = await UploadRegistry.StartAsync();
        await using var relay = new CuttingRelay(registry.Server.Host);
        var blob = new TestBlob(Large);
        relay.CutAt(2_500_000);

        await PushAsync(relay.Host, blob);

        Assert.Equal(blob.Bytes, registry.Blobs[blob.Descriptor.Digest.ToString()]);
        Assert.Equal(1, relay.Cuts);
        // What was on its way when the connection was cut has to be sent again: at most a chunk, where a new start costs 2.5 MB more.
        Assert.InRange(relay.Sent, Large, Large + 1_100_000);
        var retry = Assert.Single(_log.Retries);
        Assert.Equal($"the upload of {blob.Descriptor.Digest}", retry.What);
        Assert.Contains("broke before the answer was complete", retry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_long_as_an_upload_gets_further_it_is_not_given_up()
    {
        await using var registry = await UploadRegistry.StartAsync();
        await using var relay = new CuttingRelay(registry.Server.Host);
        var blob = new TestBlob(2 * Large);
        relay.CutEvery(1_500_000);

        await PushAsync(relay.Host, blob);

        Assert.Equal(blob.Bytes, registry.Blobs[blob.Descriptor.Digest.ToString()]);
        Assert.True(relay.Cuts > Limits.Retries, $"{relay.Cuts} cuts");
    }

    [Theory]
    [InlineData("POST", 503)]
    [InlineData("PATCH", 502)]
    [InlineData("HEAD", 500)]
    [InlineData("POST", 429)]
    public async Task A_registry_that_fails_is_asked_again_a_few_times_and_then_given_up(string method, int status)
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context => Task.FromResult(context.Request.Method == method && (context.Response.StatusCode = status) > 0);

        var failure = await FailAsync(registry.Server.Host);

        Assert.Equal(status == 429 ? RegistryFailure.RateLimited : RegistryFailure.Server, failure.Reason);
        Assert.Contains("was given up after 3 retries:", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Limits.Retries + 1, registry.Count(method));
        Assert.Equal([1, 2, 3], _log.Retries.Select(retry => (int)retry.Wait.TotalMilliseconds));
        Assert.All(_log.Retries, retry => Assert.Contains(status == 429 ? "limits requests" : $"failed (status {status})", retry.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401, "neither Bearer nor Basic")]
    [InlineData(403, "does not let an anonymous client push to team/app")]
    [InlineData(413, "raise its limit (nginx: client_max_body_size 0)")]
    public async Task A_refusal_is_final(int status, string expected)
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context => Task.FromResult(context.Request.Method == "PATCH" && (context.Response.StatusCode = status) > 0);

        var failure = await FailAsync(registry.Server.Host);

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, registry.Count("PATCH"));
        Assert.Equal(0, registry.Count("PUT"));
        Assert.Empty(_log.Retries);
    }

    [Fact]
    public async Task A_project_that_does_not_exist_is_to_be_made()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = async context =>
        {
            if (context.Request.Method != "POST")
                return false;
            await Answers.ErrorAsync(context, 404, "NOT_FOUND", "project team not found");
            return true;
        };

        var failure = await FailAsync(registry.Server.Host);

        Assert.Equal(RegistryFailure.NotFound, failure.Reason);
        Assert.Contains("like Harbor, want the project (the first part of the path) to be made first (NOT_FOUND: project team not found)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_asks_to_wait_is_waited_for()
    {
        await using var registry = await UploadRegistry.StartAsync();
        var asked = false;
        registry.Intercept = context =>
        {
            if (asked || context.Request.Method != "POST")
                return Task.FromResult(false);
            asked = true;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "2";
            return Task.FromResult(true);
        };
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var client = registry.Server.Client(options: new RegistryClientOptions { TimeProvider = time, StallTimeout = TimeSpan.FromDays(40) });

        var pushing = new RepositoryPusher(client, Team, _log, Limits).PushBlobAsync(new TestBlob(10).ToPush(), Token);
        while (_log.Retries.IsEmpty)
            await Task.Yield();
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(_log.Retries).Wait);
        Assert.Equal(1, registry.Count("POST"));
        while (!pushing.IsCompleted)
        {
            // The timer may be made a moment after the retry was told.
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.Equal(BlobOutcome.Uploaded, await pushing);
        Assert.Equal(2, registry.Count("POST"));
    }

    [Fact]
    public async Task A_registry_that_asks_to_wait_for_an_hour_is_not_waited_for()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "3600";
            return Task.FromResult(true);
        };

        var failure = await FailAsync(registry.Server.Host);

        Assert.Contains("try again in 3600 s", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Retries);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_transfer_that_no_longer_moves_ends()
    {
        await using var registry = await UploadRegistry.StartAsync();
        registry.Intercept = async context =>
        {
            if (context.Request.Method == "PATCH")
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return context.Request.Method == "PATCH";
        };
        using var client = registry.Server.Client(options: new RegistryClientOptions { StallTimeout = TimeSpan.FromSeconds(2) });
        var pusher = new RepositoryPusher(client, Team, _log, Limits with { Retries = 1 });

        var failure = await Assert.ThrowsAsync<RegistryException>(() => pusher.PushBlobAsync(new TestBlob(Large).ToPush(), TestContext.Current.CancellationToken));

        Assert.Equal(RegistryFailure.Unreachable, failure.Reason);
        Assert.Contains("stayed silent for 2 s", failure.Message, StringComparison.Ordinal);
        Assert.Single(_log.Retries, retry => retry.What.StartsWith("the upload of", StringComparison.Ordinal));
    }

    private async Task PushAsync(RegistryHost host, TestBlob blob)
    {
        using var client = new RegistryClient(host, AnonymousCredentialSource.Instance);
        Assert.Equal(BlobOutcome.Uploaded, await new RepositoryPusher(client, Team, _log, Limits).PushBlobAsync(blob.ToPush(), Token));
    }

    private Task<RegistryException> FailAsync(RegistryHost host) => Assert.ThrowsAsync<RegistryException>(() => PushAsync(host, new TestBlob(Large)));
}
