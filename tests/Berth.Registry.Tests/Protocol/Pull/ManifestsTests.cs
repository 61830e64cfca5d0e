using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Pull;

/// <summary>GET of a manifest: what is stored, as it is.</summary>
public sealed class ManifestsTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData]
    [InlineData("Accept:")]
    [InlineData("Accept: */*")]
    [InlineData("Accept: text/html")]
    [InlineData("Accept: application/vnd.docker.distribution.manifest.v2+json, application/json;q=0.5")]
    [InlineData("Accept: application/vnd.docker.distribution.manifest.v2+json", "Accept: application/vnd.oci.image.index.v1+json")]
    [InlineData("Accept: application/vnd.oci.image.manifest.v1+json;q=0")]
    [InlineData("Accept: application/vnd.oci.image.manifest.v1+json;q=0.1, application/vnd.docker.distribution.manifest.v2+json;q=0.9")]
    [InlineData("Accept: ;;;,,,\"")]
    [InlineData("Accept-Encoding: gzip, br")]
    [InlineData("Accept-Charset: utf-16")]
    public async Task The_stored_type_is_served_whatever_is_accepted(params string[] headers)
    {
        var manifest = await PushImageAsync("v1");
        foreach (var reference in (string[])["v1", $"{DigestOf(manifest)}"])
        {
            var get = await SendRawAsync($"GET /v2/{Repository}/manifests/{reference}", null, headers);

            Assert.Equal(200, get.Status);
            Assert.Equal(MediaTypes.OciManifest, get.Header("Content-Type"));
            Assert.Equal(manifest, get.Body);
            Assert.Empty(get.Lines("Content-Encoding"));
        }
    }

    [Theory]
    [InlineData("absent")]
    [InlineData(".hidden")]
    [InlineData("sha256:baddigeststring")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task A_reference_that_names_nothing_is_not_found(string reference)
    {
        await PushImageAsync("v1");
        foreach (var repository in (string[])[Repository, $"{Repository}/absent"])
            await AssertErrorAsync(await SendAsync("GET", $"/v2/{repository}/manifests/{reference}"), 404, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task A_manifest_is_visible_only_through_its_repository()
    {
        var manifest = await PushImageAsync("v1");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/other/manifests/{DigestOf(manifest)}"), 404, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task A_manifest_is_no_blob()
    {
        var manifest = await PushImageAsync("v1");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf(manifest)}"), 404, "BLOB_UNKNOWN");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/{DigestOf("layer")}"), 404, "MANIFEST_UNKNOWN");
    }

    [Theory]
    [InlineData("ns=docker.io")]
    [InlineData("ns=")]
    [InlineData("ns=a&ns=b")]
    [InlineData("x=%00%ff&&&=")]
    public async Task What_is_unknown_in_a_query_is_ignored(string query)
    {
        var manifest = await PushImageAsync("v1");
        var get = await SendRawAsync($"GET /v2/{Repository}/manifests/v1?{query}", null, []);
        Assert.Equal((200, manifest), (get.Status, get.Body));
        Assert.Empty(get.Lines("OCI-Namespace"));
    }
}
