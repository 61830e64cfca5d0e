using System.Net;
using System.Text.Json;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Discovery;

/// <summary>
/// Content copied from a registry without the referrers API brings its lists along as indexes under the tag &lt;algorithm&gt;-&lt;hex&gt;, the
/// algorithm cut to 32 characters and the hex to 64 (OCI distribution specification 1.1, "Referrers Tag Schema", "Enabling the Referrers API").
/// </summary>
public sealed class ReferrersTagSchemaTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData(DigestAlgorithm.Sha256, true)]
    [InlineData(DigestAlgorithm.Sha256, false)]
    [InlineData(DigestAlgorithm.Sha512, true)]
    public async Task What_a_list_under_a_fallback_tag_names_is_among_the_referrers(DigestAlgorithm algorithm, bool listLast)
    {
        var subject = Digest.Of("a subject"u8, algorithm);
        var referrers = await Task.WhenAll(PushReferrerAsync(subject, "one"), PushReferrerAsync(subject, "two"));
        var tag = $"{subject.Algorithm.ToString().ToLowerInvariant()}-{subject.Hex[..64]}";
        await PushListAsync(tag, referrers);
        if (!listLast)
            await PushReferrerAsync(subject, "three");

        var listed = await ListAsync(subject);

        Assert.Equal(listLast ? 2 : 3, listed.Length);
        Assert.All(referrers, referrer => Assert.Contains($"{DigestOf(referrer)}", listed));
    }

    [Fact]
    public async Task The_list_stays_what_it_was_under_its_tag_and_is_no_referrer_itself()
    {
        var subject = DigestOf("another subject");
        var list = await PushListAsync($"sha256-{subject.Hex}", await PushReferrerAsync(subject, "one"));

        using var pulled = await SendAsync("GET", $"/v2/{Repository}/manifests/sha256-{subject.Hex}");

        Assert.Equal(list, await BodyAsync(pulled));
        Assert.DoesNotContain($"{DigestOf(list)}", await ListAsync(subject));
    }

    private async Task<string> PushReferrerAsync(Digest subject, string name)
    {
        await PushBlobAsync("{}");
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"application/vnd.example","config":{{Blob("{}")}},"layers":[],
             "subject":{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{subject}}","size":9},"annotations":{"name":"{{name}}"} }
            """;
        using var pushed = await PutManifestAsync($"{DigestOf(manifest)}", manifest);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return manifest;
    }

    private async Task<string> PushListAsync(string tag, params string[] manifests)
    {
        var descriptors = manifests.Select(
            one => $$"""{"mediaType":"{{MediaTypes.OciManifest}}","size":{{one.Length}},"digest":"{{DigestOf(one)}}"}""");
        var list = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', descriptors)}}]}""";
        using var pushed = await PutManifestAsync(tag, list, null, MediaTypes.OciIndex);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return list;
    }

    private async Task<string[]> ListAsync(Digest subject)
    {
        using var response = await SendAsync("GET", $"/v2/{Repository}/referrers/{subject}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var index = JsonDocument.Parse(await BodyAsync(response)).RootElement;
        return [.. index.GetProperty("manifests").EnumerateArray().Select(one => one.GetProperty("digest").GetString()!)];
    }
}
