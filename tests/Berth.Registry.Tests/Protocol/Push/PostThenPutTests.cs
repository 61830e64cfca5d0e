using System.Globalization;
using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>A session is begun with POST and ended with PUT.</summary>
public sealed class PostThenPutTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("uploads/")]
    [InlineData("uploads")]
    public async Task Post_begins_a_session_at_a_relative_address(string uploads)
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/{uploads}");

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        Assert.Equal($"/v2/{Repository}/blobs/uploads/{Header(begun, "Docker-Upload-UUID")}", Header(begun, "Location"));
        Assert.True(Guid.TryParse(Header(begun, "Docker-Upload-UUID"), out _));
        Assert.Equal("0-0", Header(begun, "Range"));
        Assert.Equal("0", Header(begun, "Content-Length"));
    }

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Host: registry.test:1234")]
    [InlineData("X-Forwarded-Host: evil.example")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("Forwarded: host=evil.example;proto=https")]
    public async Task No_header_of_the_client_gets_into_a_location(string header)
    {
        var host = header.StartsWith("Host:", StringComparison.Ordinal) ? header : $"Host: registry.test\r\n{header}";
        var login = Basic(BerthServer.Pusher, BerthServer.Password);
        var begun = await ExchangeAsync(
            $"POST /v2/{Repository}/blobs/uploads/ HTTP/1.1\r\n{host}\r\nAuthorization: {login}\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(202, begun!.Status);
        Assert.StartsWith($"/v2/{Repository}/blobs/uploads/", begun.Header("Location"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Put_with_the_whole_content_ends_the_session(string content)
    {
        var upload = await BeginUploadAsync();
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf(content)}", content);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal($"{DigestOf(content)}", Header(pushed, "Docker-Content-Digest"));
        await AssertServedAsync(Header(pushed, "Location"), content);
        await AssertErrorAsync(await PushAsync("GET", upload), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Theory]
    [InlineData("?_state=abc%3D&digest={0}")]
    [InlineData("?digest={0}&_state=abc%3D")]
    public async Task Whatever_else_is_in_the_query_of_a_location_may_stay_there(string query)
    {
        var upload = await BeginUploadAsync();
        using var pushed = await PushAsync("PUT", upload + string.Format(CultureInfo.InvariantCulture, query, DigestOf("kept")), "kept");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task A_blob_is_not_there_before_its_put()
    {
        var content = $"not yet {Guid.NewGuid()}";
        using var patched = await PushAsync("PATCH", await BeginUploadAsync(), content);
        Assert.Equal(HttpStatusCode.Accepted, patched.StatusCode);

        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf(content)}"), 404, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_session_belongs_to_its_repository()
    {
        var upload = await BeginUploadAsync();
        var elsewhere = upload.Replace(Repository, $"{Repository}/other", StringComparison.Ordinal);
        await AssertErrorAsync(await PushAsync("GET", elsewhere), 404, "BLOB_UPLOAD_UNKNOWN");
        await AssertErrorAsync(await PushAsync("PUT", $"{elsewhere}?digest={DigestOf("x")}", "x"), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task An_unknown_session_is_not_found(string method)
    {
        foreach (var id in (string[])["0123456789abcdef0123456789abcdef", "nonsense"])
        {
            var query = method is "PUT" ? $"?digest={DigestOf("")}" : "";
            await AssertErrorAsync(await PushAsync(method, $"/v2/{Repository}/blobs/uploads/{id}{query}"), 404, "BLOB_UPLOAD_UNKNOWN");
        }
    }
}
