using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Content that is there already, or was.</summary>
public sealed class RepeatedPushTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pushing_a_blob_again_heals_its_damaged_file(bool bySession)
    {
        var content = $"healed {Guid.NewGuid()}";
        var digest = await PushBlobAsync(content);
        await File.WriteAllTextAsync(FileOf(digest), content.ToUpperInvariant(), Cancelled);

        if (bySession)
            Assert.Equal(
                HttpStatusCode.Created, (await PushAsync("PUT", $"{await BeginUploadAsync()}?digest={digest}", content)).StatusCode);
        else
            await PushBlobAsync(content);

        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", content);
    }

    [Fact]
    public async Task Pushing_a_blob_again_verifies_what_is_sent()
    {
        var digest = await PushBlobAsync("verified");
        await AssertErrorAsync(
            await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", "VERIFIED"), 400, "DIGEST_INVALID");
        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", "verified");
    }

    [Fact]
    public async Task A_blob_whose_file_is_lost_is_asked_for_again()
    {
        var content = $"lost {Guid.NewGuid()}";
        var digest = await PushBlobAsync(content);
        File.Delete(FileOf(digest));

        using var asked = await PushAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        await PushBlobAsync(content);
        await AssertServedAsync($"/v2/{Repository}/blobs/{digest}", content);
    }

    private string FileOf(Oci.Digest digest) =>
        Directory.EnumerateFiles(Server.Data, $"*{digest.Hex}*", SearchOption.AllDirectories).Single();
}
