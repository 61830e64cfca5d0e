using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class InvalidManifestsTests(BerthServer server) : RegistryTest(server)
{
    private const string SomeDigest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("", MediaTypes.OciManifest)]
    [InlineData("not JSON", MediaTypes.OciManifest)]
    [InlineData("[]", MediaTypes.OciManifest)]
    [InlineData("null", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":3,"manifests":[]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[]} {}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[],}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[null]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":{}}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[],"manifests":[]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[],"annotations":{"a":1}}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"md5:00","size":1}]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"sha256:e3b0","size":1}]}""", MediaTypes.OciIndex)]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"{{SomeDigest}}","size":-1}]}""", MediaTypes.OciIndex)]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"{{SomeDigest}}","size":99999999999999999999}]}""", MediaTypes.OciIndex)]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"{{SomeDigest}}"}]}""", MediaTypes.OciIndex)]
    [InlineData($$"""{"schemaVersion":2,"manifests":[{"digest":"{{SomeDigest}}","size":1}]}""", MediaTypes.OciIndex)]
    [InlineData("\uFEFF{\"schemaVersion\":2,\"manifests\":[]}", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[],"artifactType":"\ud800"}""", MediaTypes.OciIndex)]
    public async Task What_is_no_manifest_is_refused(string manifest, string type) =>
        await AssertErrorAsync(await PutManifestAsync("v1", manifest, null, type), 400, "MANIFEST_INVALID");

    [Theory]
    [InlineData("text/plain", MediaTypes.OciIndex)]
    [InlineData("application/json", MediaTypes.OciIndex)]
    [InlineData("", "text/plain")]
    [InlineData(MediaTypes.OciManifest, MediaTypes.OciIndex)]
    [InlineData(MediaTypes.DockerManifestList, MediaTypes.OciIndex)]
    [InlineData("APPLICATION/vnd.oci.image.index.v1+json", MediaTypes.OciIndex)]
    public async Task The_content_type_and_the_manifests_own_type_have_to_agree(string contentType, string mediaType)
    {
        var index = $$"""{"schemaVersion":2,"mediaType":"{{mediaType}}","manifests":[]}""";
        string[] headers = contentType.Length == 0 ? [] : [$"Content-Type: {contentType}"];
        var answer = await SendRawAsync($"PUT /v2/{Repository}/manifests/v1", BerthServer.Pusher, headers, index);
        Assert.Equal((400, "MANIFEST_INVALID"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Two_content_types_are_refused()
    {
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""";
        string[] twice = [$"Content-Type: {MediaTypes.OciIndex}", $"Content-Type: {MediaTypes.OciIndex}"];
        var answer = await SendRawAsync($"PUT /v2/{Repository}/manifests/v1", BerthServer.Pusher, twice, index);
        Assert.Equal((400, "MANIFEST_INVALID"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task An_image_and_an_index_in_one_are_refused()
    {
        await PushBlobAsync("{}");
        var both = Image("{}").Replace("\"layers\"", "\"manifests\":[],\"layers\"", StringComparison.Ordinal);
        await AssertErrorAsync(await PutManifestAsync("v1", both), 400, "MANIFEST_INVALID");
        var other = both.Replace(MediaTypes.OciManifest, MediaTypes.OciIndex, StringComparison.Ordinal);
        await AssertErrorAsync(await PutManifestAsync("v1", other, null, MediaTypes.OciIndex), 400, "MANIFEST_INVALID");
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var deep = $$"""{"schemaVersion":2,"manifests":[],"x":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""";
        await AssertErrorAsync(await PutManifestAsync("v1", deep, null, MediaTypes.OciIndex), 400, "MANIFEST_INVALID");
    }
}
