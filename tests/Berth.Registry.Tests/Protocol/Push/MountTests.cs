using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class MountTests(BerthServer server) : RegistryTest(server)
{
    private string Source => $"{Repository}/source";

    [Fact]
    public async Task A_blob_of_another_repository_is_mounted()
    {
        var digest = await PushBlobAsync("mounted", Source);
        using var mounted = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}&from={Source}");

        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        Assert.Equal($"/v2/{Repository}/blobs/{digest}", Header(mounted, "Location"));
        Assert.Equal($"{digest}", Header(mounted, "Docker-Content-Digest"));
        using var served = await SendAsync("GET", Header(mounted, "Location"));
        Assert.Equal("mounted", await BodyAsync(served));
    }

    [Theory]
    [InlineData("&from={0}/empty")]
    [InlineData("&from={0}")]
    [InlineData("&from=NOT a name")]
    [InlineData("&from=")]
    public async Task A_miss_begins_a_session_that_can_be_used(string from)
    {
        await PushBlobAsync("elsewhere", Source);
        var address = $"/v2/{Repository}/blobs/uploads/?mount={DigestOf("elsewhere")}{string.Format(System.Globalization.CultureInfo.InvariantCulture, from, Repository)}";
        using var missed = await PushAsync("POST", address);
        Assert.Equal(HttpStatusCode.Accepted, missed.StatusCode);

        using var pushed = await PushAsync("PUT", $"{Header(missed, "Location")}?digest={DigestOf("elsewhere")}", "elsewhere");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task Without_a_source_the_blob_comes_from_any_repository_that_has_it()
    {
        var digest = await PushBlobAsync($"anywhere {Guid.NewGuid()}", Source);

        using var mounted = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}");
        using var unknown = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={DigestOf($"nowhere {Guid.NewGuid()}")}");

        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        using var served = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, unknown.StatusCode);
    }

    [Fact]
    public async Task A_blob_whose_file_is_lost_is_not_mounted()
    {
        var digest = await PushBlobAsync($"lost {Guid.NewGuid()}", Source);
        File.Delete(Directory.EnumerateFiles(Server.Data, $"*{digest.Hex}*", SearchOption.AllDirectories).Single());

        using var missed = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}&from={Source}");

        Assert.Equal(HttpStatusCode.Accepted, missed.StatusCode);
    }

    [Fact]
    public async Task A_token_for_the_target_alone_mounts_from_what_anybody_may_read()
    {
        var digest = await PushBlobAsync("mounted", Source);
        using var asked = await SendAsync("GET", $"/token?scope=repository:{Repository}:pull,push", BerthServer.Pusher);
        var token = System.Text.Json.JsonDocument.Parse(await BodyAsync(asked)).RootElement.GetProperty("token").GetString();
        using var mounted = await SendAsync(
            "POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}&from={Source}", null, null, ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
    }

    [Fact]
    public async Task Mounting_takes_the_right_to_push()
    {
        var digest = await PushBlobAsync("mounted", Source);
        await AssertErrorAsync(
            await SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}&from={Source}"), 401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task A_miss_that_brings_the_content_along_makes_the_blob()
    {
        var digest = DigestOf("brought");
        using var pushed = await PushAsync(
            "POST", $"/v2/{Repository}/blobs/uploads/?mount={digest}&from={Source}&digest={digest}", "brought");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), "brought");
    }

    [Fact]
    public async Task A_malformed_digest_is_refused() =>
        await AssertErrorAsync(
            await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?mount=sha256:abc&from={Source}"), 400, "DIGEST_INVALID");
}
