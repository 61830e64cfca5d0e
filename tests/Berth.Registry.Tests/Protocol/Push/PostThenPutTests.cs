using System.Net;
using System.Security.Cryptography;
using System.Text;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class PostThenPutTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Post_with_a_digest_and_the_content_makes_the_blob(string content)
    {
        var digest = DigestOf(content);
        using var pushed = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", content);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(digest.ToString(), Header(pushed, "Docker-Content-Digest"));
        await AssertServedAsync(Header(pushed, "Location"), content);
    }

    [Fact]
    public async Task Post_begins_a_session_at_a_relative_address()
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/");

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        Assert.Equal($"/v2/{Repository}/blobs/uploads/{Header(begun, "Docker-Upload-UUID")}", Header(begun, "Location"));
        Assert.True(Guid.TryParse(Header(begun, "Docker-Upload-UUID"), out _));
        Assert.Equal("0-0", Header(begun, "Range"));
        Assert.Equal("0", Header(begun, "Content-Length"));
    }

    [Fact]
    public async Task Put_with_the_whole_content_ends_the_session()
    {
        var upload = await BeginUploadAsync();
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello")}", "hello");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), "hello");
        await AssertErrorAsync(await PushAsync("GET", upload), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task A_streamed_patch_and_an_empty_put_make_the_blob()
    {
        var upload = await BeginUploadAsync();
        using var request = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = new StringContent("hello") };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("Authorization", Basic(BerthServer.Pusher, BerthServer.Password));
        using var patched = await Server.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, patched.StatusCode);
        Assert.Equal("0-4", Header(patched, "Range"));

        using var pushed = await PushAsync("PUT", $"{Header(patched, "Location")}?digest={DigestOf("hello")}");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), "hello");
    }

    [Fact]
    public async Task Chunks_in_order_make_the_blob()
    {
        var upload = await BeginUploadAsync();
        using var first = await PushAsync("PATCH", upload, "hello", ("Content-Range", "0-4"));
        Assert.Equal("0-4", Header(first, "Range"));
        using var second = await PushAsync("PATCH", Header(first, "Location"), ", wo", ("Content-Range", "5-8"));
        Assert.Equal("0-8", Header(second, "Range"));
        using var status = await PushAsync("GET", upload);
        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        Assert.Equal("0-8", Header(status, "Range"));

        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello, world")}", "rld", ("Content-Range", "9-11"));

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), "hello, world");
    }

    [Fact]
    public async Task The_status_of_an_empty_session_can_be_asked()
    {
        using var status = await PushAsync("GET", await BeginUploadAsync());

        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        Assert.Equal("0-0", Header(status, "Range"));
    }

    [Fact]
    public async Task A_sha512_digest_is_known_only_at_the_end()
    {
        const string content = "content";
        var digest = Digest.Of(Encoding.UTF8.GetBytes(content), DigestAlgorithm.Sha512);
        var upload = await BeginUploadAsync();
        using var patched = await PushAsync("PATCH", upload, content);
        using var pushed = await PushAsync("PUT", $"{upload}?digest={digest}");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", content);
    }

    [Theory]
    [InlineData("?digest-algorithm=sha512", 202)]
    [InlineData("?digest-algorithm=md5", 400)]
    public async Task A_digest_algorithm_may_be_announced(string query, int status)
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/{query}");
        Assert.Equal(status, (int)begun.StatusCode);
    }

    [Fact]
    public async Task Deleting_a_session_ends_it()
    {
        var upload = await BeginUploadAsync();
        using var deleted = await PushAsync("DELETE", upload);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertErrorAsync(await PushAsync("PATCH", upload, "x"), 404, "BLOB_UPLOAD_UNKNOWN");
        await AssertErrorAsync(await PushAsync("DELETE", upload), 404, "BLOB_UPLOAD_UNKNOWN");
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

    [Fact]
    public async Task A_session_belongs_to_its_repository()
    {
        var upload = await BeginUploadAsync();
        await AssertErrorAsync(await PushAsync("GET", upload.Replace(Repository, $"{Repository}/other", StringComparison.Ordinal)), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task Pushing_a_blob_again_heals_its_damaged_file()
    {
        var content = $"healed {Guid.NewGuid()}";
        var digest = await PushBlobAsync(content);
        var file = Directory.EnumerateFiles(Server.Data, $"*{digest.Hex}*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, content.ToUpperInvariant(), Cancelled);

        await PushBlobAsync(content);

        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", content);
    }

    [Fact]
    public async Task A_blob_whose_file_is_lost_is_asked_for_again()
    {
        var content = $"lost {Guid.NewGuid()}";
        var digest = await PushBlobAsync(content);
        File.Delete(Directory.EnumerateFiles(Server.Data, $"*{digest.Hex}*", SearchOption.AllDirectories).Single());

        using var asked = await PushAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        await PushBlobAsync(content);
        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", content);
    }

    [Fact]
    public async Task A_body_larger_than_the_servers_usual_limit_is_taken()
    {
        var content = new string('x', 40_000_000);
        var digest = await PushBlobAsync(content);

        using var head = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        Assert.Equal("40000000", Header(head, "Content-Length"));
        var served = await Server.Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{digest}", Cancelled);
        Assert.Equal(digest.Hex, Convert.ToHexStringLower(SHA256.HashData(served)));
    }

    private async Task AssertServedAsync(string address, string content)
    {
        using var served = await SendAsync("GET", address);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(content, await BodyAsync(served));
    }
}
