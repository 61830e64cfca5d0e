using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Management;

public sealed class DeleteBlobTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("content")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_deleted_blob_is_gone_at_once(string content)
    {
        var digest = await PushBlobAsync(content);
        await DeleteAsync($"blobs/{digest}");

        using var head = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{Repository}/blobs/{digest}", BerthServer.Admin), 404, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_blob_that_a_manifest_needs_stays()
    {
        var manifest = await PushImageAsync("v1", "needed");
        await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{Repository}/blobs/{DigestOf("needed")}", BerthServer.Admin), 405, "DENIED");

        await DeleteAsync($"manifests/{DigestOf(manifest)}");
        await DeleteAsync($"blobs/{DigestOf("needed")}");
    }

    [Fact]
    public async Task Other_repositories_keep_the_blob()
    {
        var digest = await PushBlobAsync("shared");
        await PushBlobAsync("shared", $"{Repository}/other");
        await DeleteAsync($"blobs/{digest}");
        await AssertServedAsync($"/v2/{Repository}/other/blobs/{digest}", "shared");
    }

    [Fact]
    public async Task A_deleted_blob_can_be_pushed_again()
    {
        var digest = await PushBlobAsync("again");
        await DeleteAsync($"blobs/{digest}");
        await PushBlobAsync("again");
        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", "again");
    }

    [Theory]
    [InlineData("sha256:abc")]
    [InlineData("latest")]
    public async Task A_malformed_digest_is_refused(string digest) =>
        await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{Repository}/blobs/{digest}", BerthServer.Admin), 400, "DIGEST_INVALID");

    private async Task DeleteAsync(string address)
    {
        using var deleted = await SendAsync("DELETE", $"/v2/{Repository}/{address}", BerthServer.Admin);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
    }
}
