using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>If-Match and If-None-Match on a put: two writers of one tag do not overwrite each other (RFC 9110, section 13.1).</summary>
public sealed class ConditionalManifestsTests(BerthServer server) : RegistryTest(server)
{
    private const string Empty = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""";
    private const string Other = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[ ]}""";

    [Theory]
    [InlineData("If-None-Match", "*", false, 201)]
    [InlineData("If-None-Match", "*", true, 412)]
    [InlineData("If-None-Match", "CURRENT", true, 412)]
    [InlineData("If-None-Match", "CURRENT", false, 201)]
    [InlineData("If-None-Match", "OTHER", true, 201)]
    [InlineData("If-Match", "*", true, 201)]
    [InlineData("If-Match", "*", false, 412)]
    [InlineData("If-Match", "CURRENT", true, 201)]
    [InlineData("If-Match", "OTHER, CURRENT", true, 201)]
    [InlineData("If-Match", "CURRENT", false, 412)]
    [InlineData("If-Match", "OTHER", true, 412)]
    [InlineData("If-Match", "\"no digest\"", true, 412)]
    [InlineData("If-Match", "", true, 412)]
    public async Task A_tag_is_set_only_when_it_is_what_the_writer_thinks(string header, string value, bool exists, int status)
    {
        if (exists)
            using (await PutManifestAsync("list", Empty, null, MediaTypes.OciIndex))
            {
            }

        var tags = value.Replace("CURRENT", $"\"{DigestOf(Empty)}\"", StringComparison.Ordinal).Replace(
            "OTHER", $"\"{DigestOf(Other)}\"", StringComparison.Ordinal);
        using var put = await PushAsync(
            "PUT", $"/v2/{Repository}/manifests/list", Other, ("Content-Type", MediaTypes.OciIndex), (header, tags));
        using var found = await SendAsync("GET", $"/v2/{Repository}/manifests/list");

        Assert.Equal(status, (int)put.StatusCode);
        if (status is 201)
            Assert.Equal(Other, await BodyAsync(found));
        else if (exists)
            Assert.Equal(Empty, await BodyAsync(found));
        else
            Assert.Equal(HttpStatusCode.NotFound, found.StatusCode);
        if (status is 412)
            await AssertErrorAsync(put, 412, "PRECONDITION_FAILED");
    }

    [Fact]
    public async Task Of_writers_that_read_the_same_list_one_wins()
    {
        using var first = await PutManifestAsync("list", Empty, null, MediaTypes.OciIndex);
        var writers = Enumerable.Range(0, 8).Select(n => PushAsync(
            "PUT", $"/v2/{Repository}/manifests/list", Empty + new string(' ', n + 1),
            ("Content-Type", MediaTypes.OciIndex), ("If-Match", $"\"{DigestOf(Empty)}\"")));

        var statuses = (await Task.WhenAll(writers)).Select(put => (int)put.StatusCode).Order().ToArray();

        Assert.Equal([201, .. Enumerable.Repeat(412, 7)], statuses);
    }

    [Fact]
    public async Task A_digest_is_pushed_only_when_it_is_not_there()
    {
        async Task<int> PutAsync()
        {
            using var put = await PushAsync(
                "PUT", $"/v2/{Repository}/manifests/{DigestOf(Empty)}", Empty, ("Content-Type", MediaTypes.OciIndex), ("If-None-Match", "*"));
            return (int)put.StatusCode;
        }

        Assert.Equal((201, 412), (await PutAsync(), await PutAsync()));
    }
}
