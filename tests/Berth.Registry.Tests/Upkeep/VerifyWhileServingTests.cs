using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Upkeep;

public sealed class VerifyWhileServingTests : IAsyncLifetime
{
    private readonly BerthServer _server = new() { Configure = options => options with { Scrub = options.Scrub with { VerifyWhileServing = true } } };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private RegistryPushes Registry => new(_server);

    private StoredFiles Files => new(_server.Data);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(1_000_000)]
    public async Task What_is_right_is_served_whole(int length)
    {
        var content = new string('x', length);
        Assert.Equal(content, await Registry.PullAsync(await Registry.PushAsync(content)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(1_000_000)]
    public async Task What_is_corrupt_is_never_served_whole_and_is_missing_from_then_on(int length)
    {
        var digest = await Registry.PushAsync(new string('x', length));
        Files.FlipBit(digest);

        await AssertCutOffAsync(digest, length);

        Assert.True(File.Exists(Files.Quarantine(digest)));
        Assert.True(Files.IsMarkedDamaged(digest));
        Assert.Equal(HttpStatusCode.NotFound, await Registry.StatusAsync(HttpMethod.Head, digest));
        Assert.Contains(_server.LogLines, line => line.Contains($"{digest} was found corrupt while it was sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_readers_of_corrupt_content_get_nothing_whole()
    {
        var digest = await Registry.PushAsync(new string('x', 1_000_000));
        Files.FlipBit(digest);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AssertCutOffAsync(digest, 1_000_000)));

        Assert.True(File.Exists(Files.Quarantine(digest)));
    }

    [Fact]
    public async Task Pushing_it_again_heals_it()
    {
        var digest = await Registry.PushAsync("content");
        Files.FlipBit(digest);
        await AssertCutOffAsync(digest, 7);
        Assert.True(File.Exists(Files.Quarantine(digest)));

        await Registry.PushAsync("content");

        Assert.Equal("content", await Registry.PullAsync(digest));
    }

    /// <summary>Fewer bytes than the answer announced, or none because another reader was first.</summary>
    private async Task AssertCutOffAsync(Digest digest, int length)
    {
        try
        {
            using var response = await _server.Client.GetAsync(
                $"/v2/{RegistryPushes.Repository}/blobs/{digest}", HttpCompletionOption.ResponseHeadersRead, Cancelled);
            if (response.StatusCode is HttpStatusCode.NotFound)
                return;
            var body = await response.Content.ReadAsByteArrayAsync(Cancelled);
            Assert.Fail($"{body.Length} of {length} bytes came as a whole answer");
        }
        catch (HttpRequestException)
        {
            // Cut off, as wanted.
        }
    }
}
