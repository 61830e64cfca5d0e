using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class ManifestLimitsTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 413)]
    public async Task Four_mebibytes_are_taken_and_one_byte_more_is_not(int more, int status)
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        manifest += new string(' ', Manifest.MaxBytes - manifest.Length + more);
        using var announced = await PutManifestAsync("announced", manifest);
        Assert.Equal(status, (int)announced.StatusCode);

        using var request =
            new HttpRequestMessage(HttpMethod.Put, $"/v2/{Repository}/manifests/streamed") { Content = new StringContent(manifest) };
        request.Content.Headers.ContentType = new(MediaTypes.OciManifest);
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("Authorization", Basic(BerthServer.Pusher, BerthServer.Password));
        using var streamed = await Server.Client.SendAsync(request, Cancelled);
        Assert.Equal(status, (int)streamed.StatusCode);
    }

    [Fact]
    public async Task Many_large_annotations_are_taken()
    {
        await PushBlobAsync("{}");
        var annotations = string.Join(',', Enumerable.Range(0, 390).Select(i => $"\"org.example.{i}\":\"{new string('x', 10_000)}\""));
        var manifest = Image("{}").Replace("\"layers\"", $"\"annotations\":{{{annotations}}},\"layers\"", StringComparison.Ordinal);
        using var put = await PutManifestAsync("v1", manifest);

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", manifest);
    }
}
