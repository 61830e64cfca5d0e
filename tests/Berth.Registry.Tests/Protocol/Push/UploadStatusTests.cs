using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>GET of a session: where the upload stands.</summary>
public sealed class UploadStatusTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("", "0-0")]
    [InlineData("x", "0-0")]
    [InlineData("hello", "0-4")]
    public async Task A_session_says_where_it_stands(string soFar, string range)
    {
        var upload = await BeginUploadAsync();
        using var patched = await PushAsync("PATCH", upload, soFar);

        using var status = await PushAsync("GET", upload);

        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        Assert.Equal(upload, Header(status, "Location"));
        Assert.Equal(range, Header(status, "Range"));
        Assert.Equal(upload.Split('/')[^1], Header(status, "Docker-Upload-UUID"));
    }

    /// <summary>Both say 0-0, because the form has no way to say "nothing".</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("x", 1)]
    public async Task An_empty_session_is_not_taken_for_one_of_a_byte(string soFar, int next)
    {
        var upload = await BeginUploadAsync();
        using var patched = await PushAsync("PATCH", upload, soFar);

        await AssertErrorAsync(
            await PushAsync("PATCH", upload, "y", ("Content-Range", $"{1 - next}-{1 - next}")), 416, "BLOB_UPLOAD_INVALID");
        using var taken = await PushAsync("PATCH", upload, "y", ("Content-Range", $"{next}-{next}"));

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
    }

    [Fact]
    public async Task Asking_takes_a_login() =>
        await AssertErrorAsync(await SendAsync("GET", await BeginUploadAsync()), 401, "UNAUTHORIZED");
}
