using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>DELETE of a session.</summary>
public sealed class CancelUploadTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Deleting_a_session_ends_it()
    {
        var upload = await BeginUploadAsync();
        using var deleted = await PushAsync("DELETE", upload);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertErrorAsync(await PushAsync("PATCH", upload, "x"), 404, "BLOB_UPLOAD_UNKNOWN");
        await AssertErrorAsync(await PushAsync("DELETE", upload), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task The_bytes_of_a_cancelled_session_are_freed()
    {
        var upload = await BeginUploadAsync();
        using var patched = await PushAsync("PATCH", upload, "bytes");
        Assert.NotEmpty(Files());
        using var deleted = await PushAsync("DELETE", upload);
        Assert.Empty(Files());

        string[] Files() => Directory.GetFiles(
            Path.Combine(Server.Data, "uploads"), $"{upload.Split('/')[^1].Replace("-", "", StringComparison.Ordinal)}*");
    }
}
