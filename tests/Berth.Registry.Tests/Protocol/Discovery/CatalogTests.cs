using System.Net;
using System.Text.Json;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Discovery;

public sealed class CatalogTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Administrators_list_all_repositories_page_by_page()
    {
        foreach (var name in (string[])["a", "b", "c"])
            await PushBlobAsync("{}", $"{Repository}/{name}");

        using var first = await SendAsync("GET", $"/v2/_catalog?n=2&last={Repository}", BerthServer.Admin);
        Assert.Equal([$"{Repository}/a", $"{Repository}/b"], await NamesAsync(first));
        Assert.Equal($"</v2/_catalog?n=2&last={Uri.EscapeDataString($"{Repository}/b")}>; rel=\"next\"", Header(first, "Link"));
        using var second = await SendAsync("GET", Header(first, "Link").Split('<', '>')[1], BerthServer.Admin);
        Assert.Equal($"{Repository}/c", (await NamesAsync(second))[0]);
    }

    [Theory]
    [InlineData("?n=0", 0)]
    [InlineData("?n=1000000", null)]
    [InlineData("?last=%7E", 0)]
    public async Task Page_sizes_are_taken_as_for_tags(string query, int? count)
    {
        await PushBlobAsync("{}");
        using var listed = await SendAsync("GET", $"/v2/_catalog{query}", BerthServer.Admin);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Null(FindHeader(listed, "Link"));
        var names = await NamesAsync(listed);
        Assert.True(count is null ? names.Contains(Repository) : names.Length == count);
    }

    [Theory]
    [InlineData("?n=-1")]
    [InlineData("?n=x")]
    public async Task A_page_size_has_to_be_a_number(string query) =>
        await AssertErrorAsync(await SendAsync("GET", $"/v2/_catalog{query}", BerthServer.Admin), 400, "BAD_REQUEST");

    [Fact]
    public async Task Others_do_not()
    {
        await AssertErrorAsync(await SendAsync("GET", "/v2/_catalog", BerthServer.Pusher), 403, "DENIED");
        using var anonymous = await SendAsync("GET", "/v2/_catalog");
        await AssertErrorAsync(anonymous, 401, "UNAUTHORIZED");
        Assert.Contains("scope=\"registry:catalog:*\"", Header(anonymous, "WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_token_has_to_grant_it()
    {
        foreach (var (scope, status) in (ValueTuple<string, HttpStatusCode>[])[("registry:catalog:*", HttpStatusCode.OK), ($"repository:{Repository}:pull", HttpStatusCode.Unauthorized)])
        {
            using var asked = await SendAsync("GET", $"/token?scope={scope}", BerthServer.Admin);
            var token = JsonDocument.Parse(await BodyAsync(asked)).RootElement.GetProperty("token").GetString();
            using var listed = await SendAsync("GET", "/v2/_catalog", null, null, ("Authorization", $"Bearer {token}"));
            Assert.Equal(status, listed.StatusCode);
        }
    }

    private static async Task<string?[]> NamesAsync(HttpResponseMessage response) =>
        [.. JsonDocument.Parse(await BodyAsync(response)).RootElement.GetProperty("repositories").EnumerateArray().Select(name => name.GetString())];
}
