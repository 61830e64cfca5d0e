using System.Net;
using Berth.Oci;
using Berth.Registry.Manifests;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Manifests that name what the repository has not, where the operator accepts them.</summary>
public sealed class SparseManifestsTests
{
    [Theory]
    [InlineData(SparseManifests.Refused, 400, 400)]
    [InlineData(SparseManifests.Indexes, 400, 201)]
    [InlineData(SparseManifests.Accepted, 201, 201)]
    public async Task The_setting_says_what_may_lack_content(SparseManifests setting, int image, int index)
    {
        await using var registry = await SparseRegistry.StartAsync(setting);

        using var pushedImage = await registry.PutAsync("image", SparseRegistry.Image, MediaTypes.OciManifest);
        using var pushedIndex = await registry.PutAsync("index", SparseRegistry.Index, MediaTypes.OciIndex);

        Assert.Equal((image, index), ((int)pushedImage.StatusCode, (int)pushedIndex.StatusCode));
        Assert.Equal(image is 201, (await registry.GetAsync("manifests/image")).IsSuccessStatusCode);
        Assert.Equal(index is 201, (await registry.GetAsync("manifests/index")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_answer_warns_of_what_is_missing()
    {
        await using var registry = await SparseRegistry.StartAsync(SparseManifests.Accepted);

        using var pushed = await registry.PutAsync("image", SparseRegistry.Image, MediaTypes.OciManifest);

        var warning = Assert.Single(pushed.Headers.GetValues("Warning"));
        Assert.Matches("^299 - \".*2 of what it names.*sha256:[0-9a-f]{64}.*\"$", warning);
        Assert.InRange(warning.Length, 1, 4096);
    }

    [Fact]
    public async Task A_complete_manifest_gives_no_warning()
    {
        await using var registry = await SparseRegistry.StartAsync(SparseManifests.Accepted);
        await registry.PushBlobsAsync();

        using var pushed = await registry.PutAsync("image", SparseRegistry.Image, MediaTypes.OciManifest);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.False(pushed.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task What_arrives_later_is_kept_by_the_manifest_that_waited_for_it()
    {
        await using var registry = await SparseRegistry.StartAsync(SparseManifests.Accepted);
        using var pushed = await registry.PutAsync("image", SparseRegistry.Image, MediaTypes.OciManifest);
        await registry.PushBlobsAsync();

        using var removed = await registry.DeleteAsync($"blobs/{SparseRegistry.Layer}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, removed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync($"blobs/{SparseRegistry.Layer}")).StatusCode);
    }
}
