using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Server.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berth.Registry.Tests.Protocol.General;

public sealed class ErrorCodesTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("GET", "/", 404, "NOT_FOUND")]
    [InlineData("GET", "/v1/", 404, "NOT_FOUND")]
    [InlineData("GET", "/favicon.ico", 404, "NOT_FOUND")]
    [InlineData("GET", "/v2/a/nothing", 404, "NOT_FOUND")]
    [InlineData("GET", "/v2/UPPER/manifests/v1", 400, "NAME_INVALID")]
    [InlineData("GET", "/v2/a%2Fb/manifests/v1", 400, "NAME_INVALID")]
    [InlineData("GET", "/v2/_oci/ext/discover", 404, "NOT_FOUND")]
    [InlineData("GET", "/v2/a/tags", 404, "NOT_FOUND")]
    [InlineData("GET", "/v2/a/manifests", 404, "NOT_FOUND")]
    [InlineData("GET", "/v2/a/blobs/x", 400, "DIGEST_INVALID")]
    [InlineData("GET", "/v2/absent/tags/list", 404, "NAME_UNKNOWN")]
    [InlineData("POST", "/v2/a/blobs/uploads/", 401, "UNAUTHORIZED")]
    [InlineData("HEAD", "/v2/a/tags/list", 405, null)]
    [InlineData("DELETE", "/v2/a/tags/list", 405, "UNSUPPORTED")]
    [InlineData("POST", "/v2/", 405, "UNSUPPORTED")]
    [InlineData("BREW", "/v2/a/manifests/v1", 405, "UNSUPPORTED")]
    [InlineData("PUT", "/token", 405, "UNSUPPORTED")]
    [InlineData("POST", "/healthz", 405, "UNSUPPORTED")]
    [InlineData("POST", "/token", 415, "UNSUPPORTED")]
    public async Task Every_refusal_has_the_specifications_body(string method, string address, int status, string? code)
    {
        var answer = await SendRawAsync($"{method} {address}", null, []);
        Assert.Equal((status, code), (answer.Status, answer.ErrorCode));
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_back()
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await new ErrorAnswers(NullLogger.Instance).RunAsync(http, _ => throw new OciException(OciError.TooManyRequests));

        Assert.Equal(429, http.Response.StatusCode);
        Assert.Equal("5", http.Response.Headers.RetryAfter);
        Assert.Contains("TOOMANYREQUESTS", System.Text.Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/", "GET, HEAD")]
    [InlineData("/v2/a/tags/list", "GET")]
    [InlineData("/v2/a/blobs/uploads/", "POST")]
    [InlineData("/v2/a/blobs/uploads/x", "DELETE, GET, PATCH, PUT")]
    public async Task A_method_that_is_not_allowed_is_answered_with_those_that_are(string address, string methods)
    {
        using var response = await SendAsync("OPTIONS", address);
        Assert.Equal(methods, string.Join(", ", Header(response, "Allow").Split(", ").Order()));
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused()
    {
        using var response = await SendAsync(
            "POST", "/token", null, $"x={new string('x', 100_000)}", ("Content-Type", "application/x-www-form-urlencoded"));
        await AssertErrorAsync(response, 413, "SIZE_INVALID");
    }

    [Fact]
    public async Task A_failure_of_the_server_does_not_say_what_failed()
    {
        await using var server = new BerthServer();
        await server.InitializeAsync();
        var test = new ErrorCodesTests(server);
        Directory.Delete(Path.Combine(server.Data, "uploads"), recursive: true);
        using var response = await test.PushAsync("POST", $"/v2/{test.Repository}/blobs/uploads/");

        var errors = await AssertErrorAsync(response, 500, "UNKNOWN");
        Assert.DoesNotContain(server.Data, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(server.LogLines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(server.Data, StringComparison.Ordinal));
    }
}
