using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Indexes: of images, of indexes, of nothing.</summary>
public sealed class IndexesTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData(MediaTypes.OciIndex, MediaTypes.OciManifest)]
    [InlineData(MediaTypes.DockerManifestList, MediaTypes.DockerManifest)]
    public async Task An_index_of_images_is_stored_after_them(string type, string childType)
    {
        await PushBlobAsync("{}");
        var child = Image("{}").Replace(MediaTypes.OciManifest, childType, StringComparison.Ordinal);
        await PutAsync("child", child, childType);
        var index = Index(type, child, childType);
        await PutAsync("index", index, type);
        await PutAsync("nested", Index(type, index, type), type);
        await PutAsync("empty", Index(type), type);

        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/index");
        Assert.Equal(type, Header(get, "Content-Type"));
        Assert.Equal(index, await BodyAsync(get));
    }

    [Fact]
    public async Task An_index_may_mix_images_of_both_kinds()
    {
        await PushBlobAsync("{}");
        var docker = Image("{}").Replace(MediaTypes.OciManifest, MediaTypes.DockerManifest, StringComparison.Ordinal);
        await PutAsync("child", docker, MediaTypes.DockerManifest);
        await PutAsync("index", Index(MediaTypes.OciIndex, docker, MediaTypes.DockerManifest), MediaTypes.OciIndex);
    }

    [Fact]
    public async Task An_index_with_a_subject_and_an_artifact_type_is_stored()
    {
        var subject = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf("absent")}}","size":6}""";
        var index = Index(MediaTypes.OciIndex).Replace(
            "\"manifests\"", $"\"artifactType\":\"a/b\",\"subject\":{subject},\"manifests\"", StringComparison.Ordinal);
        using var put = await PutManifestAsync("index", index, null, MediaTypes.OciIndex);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal($"{DigestOf("absent")}", Header(put, "OCI-Subject"));
    }

    private async Task PutAsync(string tag, string manifest, string type)
    {
        using var put = await PutManifestAsync(tag, manifest, null, type);
        Assert.True(put.StatusCode is HttpStatusCode.Created, $"{tag}: {await BodyAsync(put)}");
    }

    private static string Index(string type, string? child = null, string childType = "")
    {
        var descriptor = child is null ? "" : $$"""{"mediaType":"{{childType}}","digest":"{{DigestOf(child)}}","size":{{child.Length}}}""";
        return $$"""{"schemaVersion":2,"mediaType":"{{type}}","manifests":[{{descriptor}}]}""";
    }
}
