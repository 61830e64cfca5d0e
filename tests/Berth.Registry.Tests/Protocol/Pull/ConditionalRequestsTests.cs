using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Pull;

/// <summary>The digest is the entity tag; what is addressed by digest never changes.</summary>
public sealed class ConditionalRequestsTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("\"{0}\"", 304)]
    [InlineData("W/\"{0}\"", 304)]
    [InlineData("\"other\", \"{0}\"", 304)]
    [InlineData("\"{0}\",,", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("{0}", 200)]
    [InlineData("\"", 200)]
    [InlineData(",", 200)]
    [InlineData("", 200)]
    public async Task A_client_that_has_the_content_is_not_sent_it_again(string known, int status)
    {
        var manifest = await PushImageAsync("v1", "known");
        foreach (var (address, digest) in (ValueTuple<string, Oci.Digest>[])
            [("manifests/v1", DigestOf(manifest)), ($"manifests/{DigestOf(manifest)}", DigestOf(manifest)), ($"blobs/{DigestOf("known")}", DigestOf("known"))])
        {
            var header = $"If-None-Match: {string.Format(System.Globalization.CultureInfo.InvariantCulture, known, digest)}";
            foreach (var method in (string[])["GET", "HEAD"])
            {
                var answer = await SendRawAsync($"{method} /v2/{Repository}/{address}", null, [header]);
                Assert.Equal(status, answer.Status);
                Assert.Equal($"\"{digest}\"", answer.Header("ETag"));
                Assert.Equal($"{digest}", answer.Header("Docker-Content-Digest"));
            }
        }
    }

    [Fact]
    public async Task The_entity_tag_may_be_in_the_second_of_two_headers()
    {
        var digest = await PushBlobAsync("known");
        var answer = await SendRawAsync(
            $"GET /v2/{Repository}/blobs/{digest}", null, ["If-None-Match: \"other\"", $"If-None-Match: \"{digest}\""]);
        Assert.Equal(304, answer.Status);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_whatever_the_client_has()
    {
        var answer = await SendRawAsync($"GET /v2/{Repository}/manifests/v1", null, ["If-None-Match: *"]);
        Assert.Equal((404, "MANIFEST_UNKNOWN"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Only_content_by_digest_may_be_cached_without_asking()
    {
        var manifest = await PushImageAsync("v1");
        using var byTag = await SendAsync("GET", $"/v2/{Repository}/manifests/v1");
        using var byDigest = await SendAsync("GET", $"/v2/{Repository}/manifests/{DigestOf(manifest)}");
        using var blob = await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf("layer")}");
        Assert.Equal("no-cache", Header(byTag, "Cache-Control"));
        Assert.Contains("immutable", Header(byDigest, "Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("immutable", Header(blob, "Cache-Control"), StringComparison.Ordinal);
    }
}
