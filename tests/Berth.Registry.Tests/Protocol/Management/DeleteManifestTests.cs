using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Management;

public sealed class DeleteManifestTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Deleting_a_manifest_takes_all_its_tags_at_once()
    {
        var manifest = await PushImageAsync("v1");
        using var again = await PutManifestAsync("v2", manifest);
        await DeleteAsync($"manifests/{DigestOf(manifest)}");

        foreach (var reference in (string[])["v1", "v2", $"{DigestOf(manifest)}"])
            await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/{reference}"), 404, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task A_manifest_that_an_index_needs_stays()
    {
        var child = await PushImageAsync("child");
        var descriptor = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf(child)}}","size":{{child.Length}}}""";
        var index = $$"""{"schemaVersion":2,"manifests":[{{descriptor}}]}""";
        using var pushed = await PutManifestAsync("index", index, null, MediaTypes.OciIndex);

        await AssertErrorAsync(
            await SendAsync("DELETE", $"/v2/{Repository}/manifests/{DigestOf(child)}", BerthServer.Admin), 405, "DENIED");
        await DeleteAsync($"manifests/{DigestOf(index)}");
        await DeleteAsync($"manifests/{DigestOf(child)}");
    }

    [Fact]
    public async Task An_image_that_a_management_pack_beside_it_names_stays()
    {
        var image = await PushImageAsync("v1");
        var subject = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf(image)}}","size":{{image.Length}}}""";
        var pack = image[..image.LastIndexOf('}')] + $$""","artifactType":"{{MediaTypes.ManagementPack}}","subject":{{subject}}}""";
        using var pushed = await PutManifestAsync($"{DigestOf(pack)}", pack);

        await AssertErrorAsync(
            await SendAsync("DELETE", $"/v2/{Repository}/manifests/{DigestOf(image)}", BerthServer.Admin), 405, "DENIED");
        await DeleteAsync($"manifests/{DigestOf(pack)}");
        await DeleteAsync($"manifests/{DigestOf(image)}");
    }

    [Theory]
    [InlineData("absent")]
    [InlineData(".hidden")]
    [InlineData("sha256:baddigeststring")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task What_is_not_there_cannot_be_deleted(string reference)
    {
        await PushImageAsync("v1");
        foreach (var repository in (string[])[Repository, $"{Repository}/absent"])
            await AssertErrorAsync(
                await SendAsync("DELETE", $"/v2/{repository}/manifests/{reference}", BerthServer.Admin), 404, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task A_deleted_manifest_can_be_pushed_again()
    {
        var manifest = await PushImageAsync("v1");
        await DeleteAsync($"manifests/{DigestOf(manifest)}");
        Assert.Equal(manifest, await PushImageAsync("v1"));
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", manifest);
    }

    [Fact]
    public async Task A_deleted_referrer_is_listed_no_more_and_its_subject_stays()
    {
        var subject = await PushImageAsync("v1");
        var named = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf(subject)}}","size":{{subject.Length}}}""";
        var signature = Image("{}").Replace("\"layers\"", $"\"subject\":{named},\"layers\"", StringComparison.Ordinal);
        using var pushed = await PutManifestAsync("signature", signature);
        await DeleteAsync($"manifests/{DigestOf(signature)}");

        using var listed = await SendAsync("GET", $"/v2/{Repository}/referrers/{DigestOf(subject)}");
        Assert.Contains("\"manifests\":[]", await BodyAsync(listed), StringComparison.Ordinal);
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", subject);
    }

    private async Task DeleteAsync(string address)
    {
        using var deleted = await SendAsync("DELETE", $"/v2/{Repository}/{address}", BerthServer.Admin);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
    }
}
