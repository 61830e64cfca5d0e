using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Authentication;

public sealed class TokenServiceTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_login_gets_a_token_that_pushes()
    {
        var answer = await AskAsync(BerthServer.Pusher, $"service=berth&account=pusher&client_id=docker&offline_token=true&scope=repository:{Repository}:pull,push");
        Assert.Equal(answer.GetProperty("token").GetString(), answer.GetProperty("access_token").GetString());
        Assert.InRange(answer.GetProperty("expires_in").GetInt32(), 60, 3600);
        Assert.True(DateTimeOffset.TryParseExact(
            answer.GetProperty("issued_at").GetString(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));

        Assert.Equal(HttpStatusCode.OK, (await WithTokenAsync("GET", "/v2/", answer)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await WithTokenAsync("POST", $"/v2/{Repository}/blobs/uploads/", answer)).StatusCode);
    }

    [Theory]
    [InlineData(null, "repository:a/b:pull,push", "a/b:pull")]
    [InlineData("pusher", "repository:a/b:pull,push", "a/b:pull,push")]
    [InlineData("pusher", "repository:a/b:*", "a/b:pull,push")]
    [InlineData("admin", "repository:a/b:*", "a/b:pull,push,delete")]
    [InlineData("pusher", "repository:a/b:delete", "")]
    [InlineData("pusher", "repository:a/b:", "")]
    [InlineData("pusher", "repository:a:pull repository:b:push", "a:pull b:push")]
    [InlineData("pusher", "repository:a:pull&scope=repository:b:push", "a:pull b:push")]
    [InlineData("pusher", "repository:a:pull%20repository:b:push%20%20", "a:pull b:push")]
    [InlineData("pusher", "repository:a:pull,%20push", "a:pull")]
    [InlineData("pusher", "repository:h.example:5000/a:pull", "")]
    [InlineData("pusher", "repository(plugin):a:pull", "")]
    [InlineData("pusher", "repository:a:bogus,,push", "a:push")]
    [InlineData("pusher", "repository:NOT:pull", "")]
    [InlineData("pusher", "registry:catalog:*", "")]
    [InlineData("admin", "registry:catalog:*", "catalog:*")]
    [InlineData("admin", "unknown:a:pull", "")]
    [InlineData("admin", "nonsense", "")]
    [InlineData("admin", ":::", "")]
    [InlineData("admin", "", "")]
    public async Task A_token_carries_what_was_granted_and_leaves_out_the_rest(string? user, string scope, string granted)
    {
        var access = Claims(await AskAsync(user, $"scope={scope}")).GetProperty("access").EnumerateArray();
        Assert.Equal(granted, string.Join(' ', access.Select(entry => $"{entry.GetProperty("name")}:{string.Join(',', entry.GetProperty("actions").EnumerateArray())}")));
    }

    [Theory]
    [InlineData("account=admin")]
    [InlineData("account=")]
    [InlineData("client_id=docker&offline_token=true")]
    [InlineData("offline_token=nonsense&service=somebody.else&access_type=offline")]
    public async Task What_clients_send_along_grants_nothing(string query)
    {
        var claims = Claims(await AskAsync(null, $"{query}&scope=repository:a/b:pull,push,delete"));
        Assert.Equal("", claims.GetProperty("sub").GetString());
        Assert.Equal("pull", Assert.Single(claims.GetProperty("access")[0].GetProperty("actions").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_hundred_scopes_are_looked_at_and_no_more()
    {
        var scopes = string.Join('&', Enumerable.Range(0, 150).Select(i => $"scope=repository:a{i}:pull"));
        Assert.Equal(100, Claims(await AskAsync(null, scopes)).GetProperty("access").GetArrayLength());
    }

    [Fact]
    public async Task A_token_is_not_good_for_more_than_it_grants()
    {
        var token = await AskAsync(BerthServer.Pusher, $"scope=repository:{Repository}:pull");
        using var response = await WithTokenAsync("POST", $"/v2/{Repository}/blobs/uploads/", token);

        await AssertErrorAsync(response, 401, "UNAUTHORIZED");
        Assert.Contains($"scope=\"repository:{Repository}:pull,push\",error=\"insufficient_scope\"", Header(response, "WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_altered_token_is_refused()
    {
        var token = (await AskAsync(null, "")).GetProperty("token").GetString()!;
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url(parts[1])).Replace("\"sub\":\"\"", "\"sub\":\"admin\"", StringComparison.Ordinal);
        var unsigned = Convert.ToBase64String("""{"alg":"none","typ":"JWT"}"""u8).TrimEnd('=');
        foreach (var altered in (string[])[$"{parts[0]}.{Url(claims)}.{parts[2]}", $"{unsigned}.{Url(claims)}.", $"{parts[0]}.{parts[1]}.", "nonsense", ""])
        {
            using var response = await SendAsync("GET", "/v2/", null, null, ("Authorization", $"Bearer {altered}"));
            await AssertErrorAsync(response, 401, "UNAUTHORIZED");
        }
    }

    [Theory]
    [InlineData("grant_type=password&service=berth&client_id=x&username=pusher&password=correct%20horse&scope=repository:a:pull,push", 200)]
    [InlineData("grant_type=password&username=pusher&password=wrong&scope=repository:a:pull", 401)]
    [InlineData("grant_type=password", 401)]
    [InlineData("grant_type=refresh_token&refresh_token=x", 400)]
    [InlineData("", 400)]
    public async Task A_token_can_be_asked_for_in_a_form(string form, int status)
    {
        using var response = await SendAsync("POST", "/token", null, form, ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200)
            Assert.Equal("pull,push", string.Join(',', Claims(JsonDocument.Parse(await BodyAsync(response)).RootElement).GetProperty("access")[0].GetProperty("actions").EnumerateArray()));
    }

    private async Task<JsonElement> AskAsync(string? user, string query)
    {
        using var response = await SendAsync("GET", $"/token?{query}", user);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        return JsonDocument.Parse(await BodyAsync(response)).RootElement;
    }

    private Task<HttpResponseMessage> WithTokenAsync(string method, string address, JsonElement answer) =>
        SendAsync(method, address, null, null, ("Authorization", $"Bearer {answer.GetProperty("token").GetString()}"));

    private static JsonElement Claims(JsonElement answer) =>
        JsonDocument.Parse(Base64Url(answer.GetProperty("token").GetString()!.Split('.')[1])).RootElement;

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static string Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
