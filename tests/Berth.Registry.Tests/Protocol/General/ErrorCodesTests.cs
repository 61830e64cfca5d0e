using System.Net;
using Berth.Registry.Tests.Api;

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
    [InlineData("POST", "/v2/", 405, "UNSUPPORTED")]
    [InlineData("BREW", "/v2/a/manifests/v1", 405, "UNSUPPORTED")]
    [InlineData("PUT", "/token", 405, "UNSUPPORTED")]
    [InlineData("POST", "/healthz", 405, "UNSUPPORTED")]
    [InlineData("POST", "/token", 415, "UNSUPPORTED")]
    public async Task Every_refusal_has_the_specifications_body(string method, string address, int status, string code) =>
        await AssertErrorAsync(await SendAsync(method, address), status, code);

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
        using var response = await SendAsync("POST", "/token", null, $"x={new string('x', 100_000)}", ("Content-Type", "application/x-www-form-urlencoded"));
        await AssertErrorAsync(response, 413, "SIZE_INVALID");
    }

    [Fact]
    public async Task Head_has_the_status_and_no_body()
    {
        using var response = await SendAsync("HEAD", $"/v2/{Repository}/manifests/v1");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEqual("0", Header(response, "Content-Length"));
        Assert.Equal("", await BodyAsync(response));
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

    [Fact]
    public async Task A_blob_cut_short_does_not_look_whole()
    {
        var content = new string('x', 64_000_000); // more than the sockets on the way can hold
        var digest = await PushBlobAsync(content);
        var file = Directory.EnumerateFiles(Server.Data, $"*{digest.Hex}*", SearchOption.AllDirectories).Single();
        using var response = await Server.Client.GetAsync($"/v2/{Repository}/blobs/{digest}", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using (var stream = File.Open(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            stream.SetLength(1000);

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(Cancelled));
    }
}
