using System.Net.Http.Headers;
using System.Text;
using Berth.Oci;
using Berth.Registry.Manifests;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>A registry with a setting for sparse manifests, and an image and an index whose content it has not.</summary>
internal sealed class SparseRegistry : IAsyncDisposable
{
    private readonly BerthServer _server;

    private SparseRegistry(BerthServer server) => _server = server;

    public static Digest Layer { get; } = Digest.Of("layer"u8);

    public static string Image { get; } =
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Digest.Of("{}"u8)}}","size":2},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Layer}}","size":5}]}
        """;

    public static string Index { get; } =
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}",
         "manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Digest.Of("never pushed"u8)}}","size":12}]}
        """;

    public static async Task<SparseRegistry> StartAsync(SparseManifests setting)
    {
        var server = new BerthServer { Configure = options => options with { SparseManifests = setting } };
        await server.InitializeAsync();
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BerthServer.Admin}:{BerthServer.Password}"));
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", login);
        return new SparseRegistry(server);
    }

    public Task<HttpResponseMessage> GetAsync(string path) =>
        _server.Client.GetAsync($"/v2/sparse/{path}", TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> DeleteAsync(string path) =>
        _server.Client.DeleteAsync($"/v2/sparse/{path}", TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PutAsync(string tag, string manifest, string mediaType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(manifest));
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return _server.Client.PutAsync($"/v2/sparse/manifests/{tag}", content, TestContext.Current.CancellationToken);
    }

    /// <summary>Pushes what the image names.</summary>
    public async Task PushBlobsAsync()
    {
        foreach (var blob in new[] { "{}"u8.ToArray(), "layer"u8.ToArray() })
        {
            using var pushed = await _server.Client.PostAsync(
                $"/v2/sparse/blobs/uploads/?digest={Digest.Of(blob)}", new ByteArrayContent(blob), TestContext.Current.CancellationToken);
            Assert.True(pushed.IsSuccessStatusCode);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
