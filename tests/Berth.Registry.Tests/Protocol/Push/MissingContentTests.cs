using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>A manifest comes after what it names.</summary>
public sealed class MissingContentTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Each_missing_blob_is_named()
    {
        await PushBlobAsync("{}");
        var errors = await AssertErrorAsync(await PutManifestAsync("v1", Image("{}", "one", "two")), 400, "MANIFEST_BLOB_UNKNOWN");

        var details = errors.EnumerateArray().Select(error => error.GetProperty("detail").GetString()).Order();
        Assert.Equal(new[] { $"{DigestOf("one")}", $"{DigestOf("two")}" }.Order(), details);
        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/v1");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
    }

    [Fact]
    public async Task Blobs_of_another_repository_are_missing()
    {
        await PushBlobAsync("{}", $"{Repository}/other");
        await AssertErrorAsync(await PutManifestAsync("v1", Image("{}")), 400, "MANIFEST_BLOB_UNKNOWN");
    }

    [Theory]
    [InlineData(MediaTypes.OciIndex, MediaTypes.OciManifest)]
    [InlineData(MediaTypes.DockerManifestList, MediaTypes.DockerManifest)]
    [InlineData(MediaTypes.OciIndex, "application/vnd.example.unknown+json")]
    public async Task A_missing_child_of_an_index_is_named(string indexType, string childType)
    {
        var child = $$"""{"mediaType":"{{childType}}","digest":"{{DigestOf("absent child")}}","size":12}""";
        var index = $$"""{"schemaVersion":2,"mediaType":"{{indexType}}","manifests":[{{child}}]}""";

        var errors = await AssertErrorAsync(await PutManifestAsync("v1", index, null, indexType), 400, "MANIFEST_BLOB_UNKNOWN");

        Assert.Equal($"{DigestOf("absent child")}", Assert.Single(errors.EnumerateArray()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task What_is_named_twice_is_missing_once()
    {
        await PushBlobAsync("{}");
        var errors = await AssertErrorAsync(await PutManifestAsync("v1", Image("{}", "one", "one")), 400, "MANIFEST_BLOB_UNKNOWN");
        Assert.Single(errors.EnumerateArray());
    }

    [Theory]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", ",\"urls\":[\"https://h.example/layer\"]", 201)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar", ",\"urls\":[\"https://h.example/layer\"]", 201)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", ",\"urls\":[\"https://h.example/layer\"]", 201)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", "", 400)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", ",\"urls\":[]", 400)]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip", ",\"urls\":[\"https://h.example/layer\"]", 400)]
    public async Task A_layer_that_may_not_be_distributed_may_be_missing_when_it_says_where_it_is(string type, string urls, int status)
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}").Replace(
            "\"layers\":[]", $"\"layers\":[{TestImage.Blob("absent", type, urls)}]", StringComparison.Ordinal);
        using var put = await PutManifestAsync("v1", manifest);
        Assert.Equal(status, (int)put.StatusCode);
    }

    [Fact]
    public async Task Nothing_of_a_refused_manifest_stays()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}", "absent");
        await AssertErrorAsync(await PutManifestAsync($"{DigestOf(manifest)}?tag=one", manifest), 400, "MANIFEST_BLOB_UNKNOWN");

        foreach (var reference in (string[])["one", $"{DigestOf(manifest)}"])
            await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/{reference}"), 404, "MANIFEST_UNKNOWN");
    }
}
