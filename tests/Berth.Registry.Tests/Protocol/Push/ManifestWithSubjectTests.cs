using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Manifests that refer to another one.</summary>
public sealed class ManifestWithSubjectTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_subject_may_be_missing()
    {
        await PushBlobAsync("{}");
        var subject = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf("absent")}}","size":7}""";
        using var pushed = await PutManifestAsync(
            "v1", Image("{}").Replace("\"layers\"", $"\"subject\":{subject},\"layers\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal($"{DigestOf("absent")}", Header(pushed, "OCI-Subject"));
    }

    [Fact]
    public async Task Without_a_subject_none_is_named()
    {
        await PushBlobAsync("{}");
        using var pushed = await PutManifestAsync("v1", Image("{}"));
        Assert.Null(FindHeader(pushed, "OCI-Subject"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:short","size":1}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":-1}""")]
    [InlineData("\"text\"")]
    public async Task A_subject_has_to_be_a_descriptor(string subject)
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}").Replace("\"layers\"", $"\"subject\":{subject},\"layers\"", StringComparison.Ordinal);
        await AssertErrorAsync(await PutManifestAsync("v1", manifest), 400, "MANIFEST_INVALID");
    }
}
