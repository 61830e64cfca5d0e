using System.Net;
using System.Text.Json;
using Berth.Registry.Access;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Authentication;

/// <summary>Repositories that only who is logged in may pull from, beside public ones.</summary>
public sealed class PrivateRepositoriesTests(PrivateRepositoriesTests.GuardedServer server) : RegistryTest(server), IClassFixture<PrivateRepositoriesTests.GuardedServer>
{
    private string Private { get; } = $"secret/{Guid.NewGuid():N}";

    public static TheoryData<string, string> Reads => new()
    {
        { "GET", "manifests/v1" }, { "HEAD", "manifests/v1" }, { "GET", $"blobs/{DigestOf("layer")}" }, { "HEAD", $"blobs/{DigestOf("layer")}" },
        { "GET", "tags/list" }, { "GET", $"referrers/{DigestOf("layer")}" },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Nobody_in_particular_is_asked_to_log_in_whether_it_exists_or_not(string method, string what)
    {
        await PushImageAsync("v1", "layer", Private);

        using var existing = await SendAsync(method, $"/v2/{Private}/{what}");
        using var missing = await SendAsync(method, $"/v2/secret/never/{what}");

        foreach (var (answer, name) in new[] { (existing, Private), (missing, "secret/never") })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains($"scope=\"repository:{name}:pull\"", Header(answer, "WWW-Authenticate"), StringComparison.Ordinal);
        }

        Assert.Equal(await BodyAsync(missing), await BodyAsync(existing));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Who_is_logged_in_reads_it_with_a_password_or_a_token(string method, string what)
    {
        await PushImageAsync("v1", "layer", Private);
        var token = await TokenAsync(BerthServer.Pusher, $"repository:{Private}:pull");

        using var withPassword = await SendAsync(method, $"/v2/{Private}/{what}", BerthServer.Pusher);
        using var withToken = await SendAsync(method, $"/v2/{Private}/{what}", null, null, ("Authorization", $"Bearer {token}"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (withPassword.StatusCode, withToken.StatusCode));
    }

    [Fact]
    public async Task A_token_that_nobody_logged_in_for_or_that_is_for_another_repository_does_not_open_it()
    {
        await PushImageAsync("v1", "layer", Private);
        string[] tokens =
            [await TokenAsync(null, $"repository:{Private}:pull"), await TokenAsync(BerthServer.Pusher, "repository:secret/other:pull")];

        foreach (var token in tokens)
        {
            using var answer = await SendAsync("GET", $"/v2/{Private}/manifests/v1", null, null, ("Authorization", $"Bearer {token}"));
            await AssertErrorAsync(answer, 401, "UNAUTHORIZED");
            Assert.Contains("error=\"insufficient_scope\"", Header(answer, "WWW-Authenticate"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mount_does_not_tell_what_is_in_it()
    {
        await PushBlobAsync("hidden", Private);
        var token = await TokenAsync(BerthServer.Pusher, $"repository:{Repository}:pull,push");
        var asked = $"/v2/{Repository}/blobs/uploads/?mount={DigestOf("hidden")}";

        foreach (var address in new[] { asked, $"{asked}&from={Private}" })
        {
            using var answer = await SendAsync("POST", address, null, null, ("Authorization", $"Bearer {token}"));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        using var mounted = await PushAsync("POST", $"{asked}&from={Private}");
        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
    }

    [Theory]
    [InlineData("secret", 401)]
    [InlineData("secrets", 404)]
    [InlineData("secret-not", 404)]
    [InlineData("not/secret", 404)]
    public async Task A_prefix_ends_where_a_part_of_the_name_does(string repository, int status)
    {
        using var answer = await SendAsync("GET", $"/v2/{repository}/tags/list");
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task What_is_public_beside_it_is_served_as_before()
    {
        var manifest = await PushImageAsync("v1");
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", manifest);
    }

    private async Task<string> TokenAsync(string? user, string scope)
    {
        using var answer = await SendAsync("GET", $"/token?scope={scope}", user);
        return JsonDocument.Parse(await BodyAsync(answer)).RootElement.GetProperty("token").GetString()!;
    }

    public sealed class GuardedServer : BerthServer
    {
        public GuardedServer() => Configure = options => options with { PrivateRepositories = [Prefix("secret/")] };

        private static RepositoryPrefix Prefix(string text) => RepositoryPrefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text);
    }
}
