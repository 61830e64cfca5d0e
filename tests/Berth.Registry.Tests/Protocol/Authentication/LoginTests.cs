using System.Net;
using System.Text.Json;
using Berth.Registry.Tests.Api;
using Berth.Server.Auth;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Protocol.Authentication;

public sealed class LoginTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("pusher", "wrong password")]
    [InlineData("pusher", "")]
    [InlineData("nobody", BerthServer.Password)]
    [InlineData("", "")]
    [InlineData("pusher", "correct horse and then so much more that bcrypt would no longer look at it all")]
    public async Task A_wrong_login_is_refused_and_never_taken_for_none(string user, string password)
    {
        await PushImageAsync("v1");
        var header = ("Authorization", Basic(user, password));
        foreach (var address in (string[])["/v2/", $"/v2/{Repository}/manifests/v1", $"/v2/{Repository}/blobs/{DigestOf("layer")}", "/token"])
        {
            using var response = await SendAsync("GET", address, null, null, header);
            await AssertErrorAsync(response, 401, "UNAUTHORIZED");
        }
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic")]
    [InlineData("Digest username=x")]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer a b")]
    [InlineData("Basic\tcHVzaGVyOng=")]
    public async Task A_malformed_credential_is_refused(string header)
    {
        using var response = await SendAsync("GET", "/v2/", null, null, ("Authorization", header));
        await AssertErrorAsync(response, 401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Two_credentials_are_refused()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync("GET /v2/", BerthServer.Pusher, "Authorization: Basic eDp5");
        Assert.StartsWith("HTTP/1.1 401", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_ends_beyond_what_bcrypt_sees_is_not_the_shorter_one()
    {
        var longest = new string('p', PasswordRule.MaxBytes);
        await Server.AddUserAsync("longest", longest);
        using var right = await SendAsync("GET", "/v2/", null, null, ("Authorization", Basic("longest", longest)));
        using var longer = await SendAsync("GET", "/v2/", null, null, ("Authorization", Basic("longest", longest + "x")));

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, longer.StatusCode);
    }

    [Fact]
    public async Task A_changed_password_and_a_removed_user_are_seen_at_once()
    {
        await Server.AddUserAsync("changing", BerthServer.Password);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/", "changing")).StatusCode);
        var token = await TokenAsync("changing");
        Assert.Equal(HttpStatusCode.Accepted, (await BeginAsync(token)).StatusCode);
        using var stores = SingleNodeStores.OpenForCommand(Server.Data, TimeProvider.System);
        using var hasher = new PasswordHasher(4);

        await stores.Accounts.SetPasswordAsync("changing", hasher.Hash("another password"), Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET", "/v2/", "changing")).StatusCode);

        await stores.Accounts.RemoveAccountAsync("changing", Cancelled);
        using var pushed = await BeginAsync(token);
        await AssertErrorAsync(pushed, 401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Logins_leave_no_secret_in_the_log()
    {
        using var refused = await SendAsync("GET", "/v2/", null, null, ("Authorization", Basic("secretive", "a secret in the header")));
        var token = await TokenAsync(BerthServer.Pusher);
        using var begun = await BeginAsync(token);
        using var query = await SendAsync("GET", "/token?password=a-secret-in-the-query");

        Assert.Contains(Server.LogLines, line => line.Contains("A login as 'secretive'", StringComparison.Ordinal));
        Assert.Contains(Server.LogLines, line => line.Contains($"POST /v2/{Repository}/blobs/uploads/ 202", StringComparison.Ordinal) && line.Contains("pusher", StringComparison.Ordinal));
        var secrets = (string[])["secret in the header", BerthServer.Password, "secret-in-the-query", token, token.Split('.')[2], Basic("secretive", "a secret in the header")[6..]];
        Assert.DoesNotContain(Server.LogLines, line => secrets.Any(line.Contains));
    }

    private async Task<string> TokenAsync(string user)
    {
        using var asked = await SendAsync("GET", $"/token?scope=repository:{Repository}:pull,push", user);
        return JsonDocument.Parse(await BodyAsync(asked)).RootElement.GetProperty("token").GetString()!;
    }

    private Task<HttpResponseMessage> BeginAsync(string token) =>
        SendAsync("POST", $"/v2/{Repository}/blobs/uploads/", null, null, ("Authorization", $"Bearer {token}"));
}
