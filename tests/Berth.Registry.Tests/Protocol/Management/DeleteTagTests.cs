using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Management;

public sealed class DeleteTagTests(BerthServer server) : RegistryTest(server)
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
    public async Task Other_tags_of_the_manifest_stay()
    {
        var manifest = await PushImageAsync("v1");
        using var again = await PutManifestAsync("v2", manifest);
        await DeleteAsync("manifests/v1");

        await AssertServedAsync($"/v2/{Repository}/manifests/v2", manifest);
        using var tags = await SendAsync("GET", $"/v2/{Repository}/tags/list");
        Assert.Equal($$"""{"name":"{{Repository}}","tags":["v2"]}""", await BodyAsync(tags));
        await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{Repository}/manifests/v1", BerthServer.Admin), 404, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task The_tag_of_an_indexs_child_may_go()
    {
        var child = await PushImageAsync("child");
        var descriptor = $$"""{"mediaType":"{{Oci.MediaTypes.OciManifest}}","digest":"{{DigestOf(child)}}","size":{{child.Length}}}""";
        using var pushed = await PutManifestAsync(
            "index", $$"""{"schemaVersion":2,"manifests":[{{descriptor}}]}""", null, Oci.MediaTypes.OciIndex);
        await DeleteAsync("manifests/child");
        await AssertServedAsync($"/v2/{Repository}/manifests/{DigestOf(child)}", child);
    }

    private async Task DeleteAsync(string address)
    {
        using var deleted = await SendAsync("DELETE", $"/v2/{Repository}/{address}", BerthServer.Admin);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
    }
}
