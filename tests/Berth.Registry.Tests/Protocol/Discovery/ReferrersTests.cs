using System.Net;
using System.Text.Json;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Discovery;

public sealed class ReferrersTests(BerthServer server) : RegistryTest(server)
{
    private const string LongDigest =
        "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    private static readonly Digest Subject = DigestOf("a subject that was never pushed");

    [Fact]
    public async Task A_manifest_with_a_subject_says_so_and_is_listed_with_its_type_size_and_annotations()
    {
        var signature = Referrer("first", "\"artifactType\":\"application/vnd.signature\",");
        var pushed = await PushReferrerAsync(signature);

        var (listed, _) = await ListAsync();

        Assert.Equal(Subject.ToString(), Header(pushed, "OCI-Subject"));
        var descriptor = Assert.Single(listed);
        Assert.Equal(MediaTypes.OciManifest, descriptor.GetProperty("mediaType").GetString());
        Assert.Equal(DigestOf(signature).ToString(), descriptor.GetProperty("digest").GetString());
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(signature), descriptor.GetProperty("size").GetInt64());
        Assert.Equal("application/vnd.signature", descriptor.GetProperty("artifactType").GetString());
        Assert.Equal("first", descriptor.GetProperty("annotations").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Without_an_artifact_type_an_image_shows_its_config_type_and_an_index_none()
    {
        await PushReferrerAsync(Referrer("image"));
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[],"subject":{{SubjectDescriptor}}}""";
        using var pushed = await PutManifestAsync(DigestOf(index).ToString(), index, null, MediaTypes.OciIndex);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);

        var (listed, _) = await ListAsync();

        Assert.Equal(2, listed.Length);
        Assert.Equal("application/octet-stream", listed.Single(IsImage).GetProperty("artifactType").GetString());
        Assert.False(listed.Single(one => !IsImage(one)).TryGetProperty("artifactType", out _));

        static bool IsImage(JsonElement one) => one.GetProperty("mediaType").GetString() == MediaTypes.OciManifest;
    }

    [Fact]
    public async Task A_filter_is_applied_and_named_also_when_nothing_is_left()
    {
        await PushReferrerAsync(Referrer("a", "\"artifactType\":\"application/vnd.a+json\","));
        await PushReferrerAsync(Referrer("b", "\"artifactType\":\"application/vnd.b\","));

        var (some, response) = await ListAsync("?artifactType=application%2Fvnd.a%2Bjson");
        var (none, responseOfNone) = await ListAsync("?artifactType=application/vnd.c");
        var (_, unfiltered) = await ListAsync();

        Assert.Equal("application/vnd.a+json", Assert.Single(some).GetProperty("artifactType").GetString());
        Assert.Empty(none);
        Assert.Equal("artifactType", Header(response, "OCI-Filters-Applied"));
        Assert.Equal("artifactType", Header(responseOfNone, "OCI-Filters-Applied"));
        Assert.Null(FindHeader(unfiltered, "OCI-Filters-Applied"));
    }

    [Fact]
    public async Task Nothing_refers_to_a_subject_of_an_unknown_repository()
    {
        var (listed, response) = await ListAsync();

        Assert.Empty(listed);
        Assert.Equal(MediaTypes.OciIndex, Header(response, "Content-Type"));
    }

    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(LongDigest)]
    public async Task Nothing_refers_to_an_unknown_subject_of_a_known_repository(string subject)
    {
        await PushImageAsync("v1");
        foreach (var query in (string[])["", "?artifactType=a/b", "?n=1&ns=x"])
        {
            using var response = await SendAsync("GET", $"/v2/{Repository}/referrers/{subject}{query}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(MediaTypes.OciIndex, Header(response, "Content-Type"));
            Assert.Equal($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""", await BodyAsync(response));
            Assert.Null(FindHeader(response, "Link"));
        }
    }

    [Fact]
    public async Task A_referrer_may_come_before_its_subject()
    {
        await PushBlobAsync("{}");
        await PushBlobAsync("layer");
        var subject = Image("{}", "layer");
        var early = Referrer("early").Replace($"{Subject}", $"{DigestOf(subject)}", StringComparison.Ordinal);
        await PushReferrerAsync(early);
        await PushImageAsync("v1");

        using var response = await SendAsync("GET", $"/v2/{Repository}/referrers/{DigestOf(subject)}");
        Assert.Equal($"{DigestOf(early)}", Assert.Single(Manifests(await BodyAsync(response))).GetProperty("digest").GetString());
    }

    [Fact]
    public async Task An_empty_filter_is_none()
    {
        await PushReferrerAsync(Referrer("a"));
        var (listed, response) = await ListAsync("?artifactType=");
        Assert.Single(listed);
        Assert.Null(FindHeader(response, "OCI-Filters-Applied"));
    }

    [Fact]
    public async Task The_type_of_an_images_config_can_be_filtered_by()
    {
        await PushReferrerAsync(Referrer("image"));
        var (listed, _) = await ListAsync("?artifactType=application/octet-stream");
        Assert.Single(listed);
    }

    [Theory]
    [InlineData("sha256:short")]
    [InlineData("latest")]
    public async Task A_subject_that_is_no_digest_is_refused(string subject)
    {
        using var response = await SendAsync("GET", $"/v2/{Repository}/referrers/{subject}");

        await AssertErrorAsync(response, 400, "DIGEST_INVALID");
    }

    [Fact]
    public async Task More_than_one_answer_holds_is_paged_and_the_link_keeps_the_filter()
    {
        const string type = "application/vnd.large+json";
        var large = new string('é', 700_000); // 1.4 MB each: two fit an answer of 4 MiB, three do not
        for (var i = 0; i < 3; i++)
            await PushReferrerAsync(Referrer($"{i}{large}", $"\"artifactType\":\"{type}\","));
        await PushReferrerAsync(Referrer("other"));

        var (first, response) = await ListAsync($"?artifactType={Uri.EscapeDataString(type)}");
        var next = Header(response, "Link");
        Assert.EndsWith(">; rel=\"next\"", next, StringComparison.Ordinal);
        using var second = await SendAsync("GET", next[1..next.IndexOf('>', StringComparison.Ordinal)]);
        var rest = Manifests(await BodyAsync(second));

        Assert.Equal((2, 1), (first.Length, rest.Length));
        Assert.True((await response.Content.ReadAsByteArrayAsync(Cancelled)).Length <= 4 * 1024 * 1024);
        Assert.Equal("artifactType", Header(second, "OCI-Filters-Applied"));
        Assert.Null(FindHeader(second, "Link"));
        Assert.Equal(3, first.Concat(rest).Select(one => one.GetProperty("digest").GetString()).Distinct().Count());
    }

    private static string SubjectDescriptor => $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Subject}}","size":2}""";

    private static string Referrer(string name, string artifactType = "") => $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}",{{artifactType}}"config":{{Blob("{}")}},"layers":[],
         "subject":{{SubjectDescriptor}},"annotations":{"name":"{{name}}" } }
        """;

    private async Task<HttpResponseMessage> PushReferrerAsync(string manifest)
    {
        await PushBlobAsync("{}");
        var pushed = await PutManifestAsync(DigestOf(manifest).ToString(), manifest);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return pushed;
    }

    private async Task<(JsonElement[] Listed, HttpResponseMessage Response)> ListAsync(string query = "")
    {
        var response = await SendAsync("GET", $"/v2/{Repository}/referrers/{Subject}{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (Manifests(await BodyAsync(response)), response);
    }

    private static JsonElement[] Manifests(string index) =>
        [.. JsonDocument.Parse(index).RootElement.GetProperty("manifests").EnumerateArray()];
}
