using System.Net;
using System.Text.Json;
using Berth.Registry.Tags;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Discovery;

public sealed class TagsTests(BerthServer server) : RegistryTest(server)
{
    private static readonly string[] Tags = ["A", "a", "a-b", "a.b", "a1", "b", "latest"];

    [Theory]
    [InlineData("", "A a a-b a.b a1 b latest", null)]
    [InlineData("?n=3", "A a a-b", "n=3&last=a-b")]
    [InlineData("?n=3&last=a-b", "a.b a1 b", "n=3&last=b")]
    [InlineData("?n=3&last=b", "latest", null)]
    [InlineData("?n=7", "A a a-b a.b a1 b latest", null)]
    [InlineData("?last=a1", "b latest", null)]
    [InlineData("?last=a0-does-not-exist", "a1 b latest", null)]
    [InlineData("?last=zzz", "", null)]
    [InlineData("?n=0", "", null)]
    [InlineData("?n=1000000", "A a a-b a.b a1 b latest", null)]
    [InlineData("?n=99999999999999999999999999", "A a a-b a.b a1 b latest", null)]
    public async Task Tags_are_listed_in_order_page_by_page(string query, string expected, string? link)
    {
        await PushTagsAsync();
        using var response = await SendAsync("GET", $"/v2/{Repository}/tags/list{query}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", Header(response, "Content-Type"));
        var document = JsonDocument.Parse(await BodyAsync(response)).RootElement;
        Assert.Equal(Repository, document.GetProperty("name").GetString());
        Assert.Equal(expected, string.Join(' ', document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));
        Assert.Equal(link is null ? null : $"</v2/{Repository}/tags/list?{link}>; rel=\"next\"", FindHeader(response, "Link")?.Single());
    }

    [Fact]
    public async Task A_tag_that_begins_another_is_listed_on_every_page_size()
    {
        await PushTagsAsync();
        for (var size = 1; size <= Tags.Length; size++)
        {
            var (next, found) = ($"/v2/{Repository}/tags/list?n={size}", new List<string?>());
            for (var pages = 0; next is not null; pages++)
            {
                Assert.True(pages <= Tags.Length, "the links lead in a circle");
                using var response = await SendAsync("GET", next);
                found.AddRange(JsonDocument.Parse(await BodyAsync(response)).RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
                next = FindHeader(response, "Link")?.Single().Split('<', '>')[1];
            }

            Assert.Equal(Tags, found);
        }
    }

    [Fact]
    public async Task A_page_has_ten_thousand_tags_at_most_and_leads_to_the_rest()
    {
        const int count = RepositoryLists.MaxPageSize + 1;
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        foreach (var some in Enumerable.Range(0, count).Select(i => $"t{i:00000}").Chunk(2500))
            using (var pushed = await PutManifestAsync($"{DigestOf(manifest)}?tag={string.Join("&tag=", some)}", manifest))
                Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        foreach (var query in (string[])["", "?n=1000000", "?n=99999999999999999999999999"])
        {
            using var response = await SendAsync("GET", $"/v2/{Repository}/tags/list{query}");
            Assert.Equal(RepositoryLists.MaxPageSize, JsonDocument.Parse(await BodyAsync(response)).RootElement.GetProperty("tags").GetArrayLength());
            Assert.Equal($"</v2/{Repository}/tags/list?n=10000&last=t09999>; rel=\"next\"", Header(response, "Link"));
        }
    }

    [Theory]
    [InlineData("last=%00", 7)]
    [InlineData("last=%ff", 0)]
    [InlineData("last=a/b&last=c", 5)]
    [InlineData("last=' OR 1=1 --", 7)]
    [InlineData("N=1", 7)]
    public async Task Whatever_a_list_is_to_begin_after_it_is_only_compared(string query, int count)
    {
        await PushTagsAsync();
        using var response = await SendAsync("GET", $"/v2/{Repository}/tags/list?{query}");
        Assert.Equal(count, JsonDocument.Parse(await BodyAsync(response)).RootElement.GetProperty("tags").GetArrayLength());
    }

    [Theory]
    [InlineData("?n=-1")]
    [InlineData("?n=1.5")]
    [InlineData("?n=%2B1")]
    [InlineData("?n=%D9%A3")]
    [InlineData("?n=0x10")]
    [InlineData("?n=")]
    [InlineData("?n=two")]
    [InlineData("?n=1&n=2")]
    public async Task A_page_size_has_to_be_a_number(string query)
    {
        await PushTagsAsync();
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/tags/list{query}"), 400, "BAD_REQUEST");
    }

    [Fact]
    public async Task An_unknown_repository_has_no_list() =>
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/tags/list"), 404, "NAME_UNKNOWN");

    [Fact]
    public async Task A_repository_without_tags_has_an_empty_list()
    {
        await PushBlobAsync("{}");
        using var response = await SendAsync("GET", $"/v2/{Repository}/tags/list");
        Assert.Equal($$"""{"name":"{{Repository}}","tags":[]}""", await BodyAsync(response));
    }

    private async Task PushTagsAsync()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        using var pushed = await PutManifestAsync($"{DigestOf(manifest)}?tag={string.Join("&tag=", Tags)}", manifest);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }
}
