using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Berth.Oci;
using Berth.Registry.Manifests;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>A registry with a setting for sparse manifests, and images of which it has only part.</summary>
internal sealed class SparseRegistry : IAsyncDisposable
{
    private readonly BerthServer _server;

    private SparseRegistry(BerthServer server) => _server = server;

    public IEnumerable<string> LogLines => _server.LogLines;

    public static async Task<SparseRegistry> StartAsync(SparseManifests setting)
    {
        var server = new BerthServer { Configure = options => options with { SparseManifests = setting } };
        await server.InitializeAsync();
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BerthServer.Admin}:{BerthServer.Password}"));
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", login);
        return new SparseRegistry(server);
    }

    public static Digest DigestOf(string content) => Digest.Of(Encoding.UTF8.GetBytes(content));

    public async Task PushAsync(params string[] blobs)
    {
        foreach (var blob in blobs)
        {
            using var pushed = await _server.Client.PostAsync(
                $"/v2/sparse/blobs/uploads/?digest={DigestOf(blob)}", new StringContent(blob), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        }
    }

    /// <summary>Puts an image with the config <c>config</c>.</summary>
    public Task<HttpResponseMessage> PutImageAsync(string tag, params string[] layers)
    {
        var content = new StringContent(
            $$"""{"schemaVersion":2,"config":{{Descriptor("config")}},"layers":[{{string.Join(',', layers.Select(Descriptor))}}]}""");
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.OciManifest);
        return _server.Client.PutAsync($"/v2/sparse/manifests/{tag}", content, TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v2/sparse/{path}");
        using var response = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Descriptor(string content) =>
        $$"""{"mediaType":"application/octet-stream","size":{{content.Length}},"digest":"{{DigestOf(content)}}"}""";
}
