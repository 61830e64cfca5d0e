using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Management;

public sealed class DeleteManifestTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Deleting_a_tag_leaves_its_manifest()
    {
        var manifest = await PushImageAsync("v1");
        await DeleteAsync("manifests/v1");

        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/v1"), 404, "MANIFEST_UNKNOWN");
        using var byDigest = await SendAsync("GET", $"/v2/{Repository}/manifests/{DigestOf(manifest)}");
        Assert.Equal(HttpStatusCode.OK, byDigest.StatusCode);
    }

    [Fact]
    public async Task Deleting_a_manifest_takes_all_its_tags_at_once()
    {
        var manifest = await PushImageAsync("v1");
        using var again = await PutManifestAsync("v2", manifest);
        await DeleteAsync($"manifests/{DigestOf(manifest)}");

        foreach (var reference in (string[])["v1", "v2", $"{DigestOf(manifest)}"])
            await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/{reference}"), 404, "MANIFEST_UNKNOWN");
    }

    [Theory]
    [InlineData("content")]
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
    public async Task A_manifest_that_an_index_needs_stays()
    {
        var child = await PushImageAsync("child");
        var descriptor = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf(child)}}","size":{{child.Length}}}""";
        var index = $$"""{"schemaVersion":2,"manifests":[{{descriptor}}]}""";
        using var pushed = await PutManifestAsync("index", index, null, MediaTypes.OciIndex);

        await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{Repository}/manifests/{DigestOf(child)}", BerthServer.Admin), 405, "DENIED");
        await DeleteAsync($"manifests/{DigestOf(index)}");
        await DeleteAsync($"manifests/{DigestOf(child)}");
    }

    [Fact]
    public async Task Deleting_takes_an_administrator()
    {
        var manifest = await PushImageAsync("v1");
        foreach (var address in (string[])["manifests/v1", $"manifests/{DigestOf(manifest)}", $"blobs/{DigestOf("layer")}"])
        {
            await AssertErrorAsync(await PushAsync("DELETE", $"/v2/{Repository}/{address}"), 403, "DENIED");
            using var anonymous = await SendAsync("DELETE", $"/v2/{Repository}/{address}");
            await AssertErrorAsync(anonymous, 401, "UNAUTHORIZED");
            Assert.Contains($"scope=\"repository:{Repository}:delete\"", Header(anonymous, "WWW-Authenticate"), StringComparison.Ordinal);
        }
    }

    private async Task DeleteAsync(string address)
    {
        using var deleted = await SendAsync("DELETE", $"/v2/{Repository}/{address}", BerthServer.Admin);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
    }
}
