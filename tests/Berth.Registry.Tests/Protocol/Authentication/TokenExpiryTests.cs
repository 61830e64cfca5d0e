using System.Net;
using System.Text.Json;
using Berth.Registry.Tests.Api;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Protocol.Authentication;

/// <summary>A token is looked at when a request begins.</summary>
public sealed class TokenExpiryTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_token_is_good_until_it_expires_and_a_push_under_way_longer()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server = new BerthServer { Time = time };
        await server.InitializeAsync();
        var test = new TokenExpiryTests(server);
        var token = await test.TokenAsync(BerthServer.Pusher);
        using var begun = await test.BeginAsync(token);
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(HttpStatusCode.Accepted, (await test.BeginAsync(token)).StatusCode);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await test.BeginAsync(token)).StatusCode);

        var fresh = await test.TokenAsync(BerthServer.Pusher);
        using var pushed = await test.SendAsync(
            "PUT", $"{Header(begun, "Location")}?digest={DigestOf("late")}", null, "late", ("Authorization", $"Bearer {fresh}"));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task A_body_that_outlives_its_token_is_taken()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server =
            new BerthServer { Time = time, Configure = options => options with { TokenLifetime = TimeSpan.FromMinutes(1) } };
        await server.InitializeAsync();
        var test = new TokenExpiryTests(server);
        var token = await test.TokenAsync(BerthServer.Pusher);
        using var begun = await test.BeginAsync(token);
        using var slow = await RawConnection.OpenAsync(server);
        await slow.SendHeadAsync(
            $"PATCH {Header(begun, "Location")}", null, $"Authorization: Bearer {token}", "Content-Length: 5", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 100", await slow.ReadHeadAsync(), StringComparison.Ordinal);
        await slow.SendAsync("hel");

        time.Advance(TimeSpan.FromMinutes(2));
        await slow.SendAsync("lo");

        Assert.Equal(202, (await slow.ReadResponseAsync())!.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await test.BeginAsync(token)).StatusCode);
    }

    private async Task<string> TokenAsync(string user)
    {
        using var asked = await SendAsync("GET", $"/token?scope=repository:{Repository}:pull,push", user);
        return JsonDocument.Parse(await BodyAsync(asked)).RootElement.GetProperty("token").GetString()!;
    }

    private Task<HttpResponseMessage> BeginAsync(string token) =>
        SendAsync("POST", $"/v2/{Repository}/blobs/uploads/", null, null, ("Authorization", $"Bearer {token}"));
}
