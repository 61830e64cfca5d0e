using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Upkeep;

/// <summary>Pushes and pulls of one registry, one repository.</summary>
internal sealed class RegistryPushes(BerthServer server)
{
    public const string Repository = "team/app";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<Digest> PushAsync(string content)
    {
        var digest = Digest.Of(Encoding.UTF8.GetBytes(content));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/{Repository}/blobs/uploads/?digest={digest}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BerthServer.Pusher}:{BerthServer.Password}")));
        using var response = await server.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return digest;
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, Digest digest)
    {
        using var request = new HttpRequestMessage(method, $"/v2/{Repository}/blobs/{digest}");
        using var response = await server.Client.SendAsync(request, Cancelled);
        return response.StatusCode;
    }

    public Task<string> PullAsync(Digest digest) => server.Client.GetStringAsync($"/v2/{Repository}/blobs/{digest}", Cancelled);
}
