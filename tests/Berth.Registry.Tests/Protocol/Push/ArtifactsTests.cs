using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Content that is no image.</summary>
public sealed class ArtifactsTests(BerthServer server) : RegistryTest(server)
{
    private static readonly string EmptyConfig =
        $$"""{"mediaType":"{{MediaTypes.OciEmpty}}","digest":"{{DigestOf("{}")}}","size":2,"data":"e30="}""";

    [Theory]
    [InlineData("[]")]
    [InlineData(null)]
    public async Task An_artifact_with_the_empty_config_is_stored(string? layers)
    {
        await PushBlobAsync("{}");
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"application/vnd.example+json",
             "config":{{EmptyConfig}},"layers":{{layers ?? $"[{EmptyConfig}]"}},"annotations":{"a":"b"} }
            """;
        using var put = await PutManifestAsync("v1", manifest);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", manifest);
    }

    [Fact]
    public async Task Content_inside_a_descriptor_does_not_stand_in_for_the_blob()
    {
        var manifest = $$"""{"schemaVersion":2,"config":{{EmptyConfig}},"layers":[]}""";
        await AssertErrorAsync(await PutManifestAsync("v1", manifest), 400, "MANIFEST_BLOB_UNKNOWN");
    }

    [Fact]
    public async Task An_image_without_layers_is_stored()
    {
        await PushBlobAsync("{}");
        var manifest = $$"""{"schemaVersion":2,"config":{{Blob("{}")}}}""";
        using var put = await PutManifestAsync("v1", manifest);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }
}
