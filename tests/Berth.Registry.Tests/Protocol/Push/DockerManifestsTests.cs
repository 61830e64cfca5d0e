using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Manifests of Docker's own types, beside those of OCI.</summary>
public sealed class DockerManifestsTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_schema_2_image_keeps_its_type()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}").Replace(MediaTypes.OciManifest, MediaTypes.DockerManifest, StringComparison.Ordinal);
        using var put = await PutManifestAsync("v1", manifest, null, MediaTypes.DockerManifest);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/v1", null, null, ("Accept", MediaTypes.OciManifest));
        Assert.Equal(MediaTypes.DockerManifest, Header(get, "Content-Type"));
        Assert.Equal(manifest, await BodyAsync(get));
    }

    [Theory]
    [InlineData("""{"schemaVersion":1,"name":"a","tag":"b","fsLayers":[],"history":[]}""", MediaTypes.DockerSchema1)]
    [InlineData("""{"schemaVersion":1,"name":"a","tag":"b","signatures":[]}""", MediaTypes.DockerSchema1Signed)]
    [InlineData("""{"schemaVersion":1,"name":"a"}""", "application/json")]
    public async Task Schema_1_is_refused_by_name(string manifest, string type)
    {
        var errors = await AssertErrorAsync(await PutManifestAsync("v1", manifest, null, type), 400, "MANIFEST_INVALID");
        Assert.Contains("schema 1", errors[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
