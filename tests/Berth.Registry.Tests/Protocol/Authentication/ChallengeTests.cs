using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Authentication;

/// <summary>How a client learns that it has to log in, and where.</summary>
public sealed class ChallengeTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("GET", "/v2/")]
    [InlineData("GET", "/v2")]
    [InlineData("HEAD", "/v2/")]
    public async Task Without_a_credential_the_base_answers_where_to_get_a_token(string method, string address)
    {
        using var response = await SendAsync(method, address);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal($"Bearer realm=\"{Server.Url}/token\",service=\"berth\"", Header(response, "WWW-Authenticate"));
        Assert.Equal("registry/2.0", Header(response, "Docker-Distribution-Api-Version"));
    }

    [Fact]
    public async Task The_realm_follows_the_host_that_the_client_asked_for()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendAsync("GET /v2/ HTTP/1.1\r\nHost: registry.example:5000\r\n\r\n");
        Assert.Contains("realm=\"http://registry.example:5000/token\"", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_names_no_host_is_sent_to_the_address_it_reached()
    {
        var answer = await ExchangeAsync("GET /v2/ HTTP/1.0\r\n\r\n");
        Assert.Equal((401, $"Bearer realm=\"{Server.Url}/token\",service=\"berth\""), (answer!.Status, answer.Header("WWW-Authenticate")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("containerd/v2.0.0")]
    [InlineData("docker/28.0.0 go/go1.23 git-commit/x kernel/6 os/linux arch/amd64 UpstreamClient(Docker-Client/28.0.0)")]
    [InlineData("skopeo/1.18")]
    [InlineData("Mozilla/5.0")]
    public async Task Every_client_is_answered_alike_whatever_it_calls_itself(string agent)
    {
        await PushImageAsync("v1");
        foreach (var (address, status) in (ValueTuple<string, int>[])[("/v2/", 401), ($"/v2/{Repository}/manifests/v1", 200), ("/v2/_catalog", 401)])
        {
            var bare = await SendRawAsync($"GET {address}", null, []);
            var named = await SendRawAsync($"GET {address}", null, [$"User-Agent: {agent}"]);
            Assert.Equal(status, named.Status);
            Assert.Equal(bare.Body, named.Body);
            Assert.Equal(Fixed(bare), Fixed(named));
        }

        static IEnumerable<(string, string)> Fixed(RawResponse response) => response.Headers.Where(header => header.Name is not "Date");
    }

    [Fact]
    public async Task A_password_is_taken_with_each_request_but_only_a_token_is_asked_for()
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/");
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        using var greeted = await PushAsync("GET", "/v2/");
        Assert.Equal(HttpStatusCode.OK, greeted.StatusCode);
        using var challenged = await SendAsync("POST", $"/v2/{Repository}/blobs/uploads/");
        Assert.StartsWith("Bearer ", Header(challenged, "WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_for_a_push_asks_for_pull_too()
    {
        using var challenged = await SendAsync("PUT", $"/v2/{Repository}/manifests/v1");
        Assert.Contains($"scope=\"repository:{Repository}:pull,push\"", Header(challenged, "WWW-Authenticate"), StringComparison.Ordinal);
    }
}
