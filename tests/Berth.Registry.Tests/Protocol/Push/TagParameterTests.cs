using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Tags set by the <c>tag</c> parameters of a put.</summary>
public sealed class TagParameterTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Putting_by_digest_may_set_tags()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        using var pushed = await PutManifestAsync($"{DigestOf(manifest)}?tag=one&tag=two&tag=one", manifest);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(["one", "two"], FindHeader(pushed, "OCI-Tag"));
        using var two = await SendAsync("GET", $"/v2/{Repository}/manifests/two");
        Assert.Equal(manifest, await BodyAsync(two));
    }

    [Fact]
    public async Task A_tag_beside_the_digest_has_to_be_one()
    {
        await PushBlobAsync("{}");
        await AssertErrorAsync(await PutManifestAsync($"{DigestOf(Image("{}"))}?tag=good&tag=.bad", Image("{}")), 400, "TAG_INVALID");
        using var good = await SendAsync("GET", $"/v2/{Repository}/manifests/good");
        Assert.Equal(HttpStatusCode.NotFound, good.StatusCode);
    }

    [Theory]
    [InlineData("?tag=", 400)]
    [InlineData("?tag=a%2Fb", 400)]
    [InlineData("?tag=a,b", 400)]
    [InlineData("?Tag=ignored", 201)]
    [InlineData("?tags=ignored", 201)]
    public async Task Only_tags_are_taken_for_tags(string query, int status)
    {
        await PushBlobAsync("{}");
        using var put = await PutManifestAsync($"{DigestOf(Image("{}"))}{query}", Image("{}"));
        Assert.Equal(status, (int)put.StatusCode);
    }

    [Fact]
    public async Task A_tag_that_exists_moves()
    {
        await PushImageAsync("one", "old");
        await PushBlobAsync("new");
        var manifest = Image("{}", "new");
        using var put = await PutManifestAsync($"{DigestOf(manifest)}?tag=one", manifest);

        Assert.Equal("one", Header(put, "OCI-Tag"));
        await AssertServedAsync($"/v2/{Repository}/manifests/one", manifest);
    }

    [Fact]
    public async Task Without_the_parameter_no_tag_is_named()
    {
        await PushBlobAsync("{}");
        using var put = await PutManifestAsync($"{DigestOf(Image("{}"))}", Image("{}"));
        Assert.Null(FindHeader(put, "OCI-Tag"));
    }

    [Fact]
    public async Task As_many_tags_as_a_request_line_holds_are_set_together()
    {
        await PushBlobAsync("{}");
        var tags = Enumerable.Range(0, 1000).Select(i => $"t{i}").ToList();
        using var put = await PutManifestAsync($"{DigestOf(Image("{}"))}?tag={string.Join("&tag=", tags)}", Image("{}"));

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(tags, FindHeader(put, "OCI-Tag"));
    }

    [Fact]
    public async Task Setting_tags_takes_the_right_to_push()
    {
        var manifest = await PushImageAsync("v1");
        using var put = await SendAsync("PUT", $"/v2/{Repository}/manifests/{DigestOf(manifest)}?tag=other", null, manifest);
        await AssertErrorAsync(put, 401, "UNAUTHORIZED");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/manifests/other"), 404, "MANIFEST_UNKNOWN");
    }
}
