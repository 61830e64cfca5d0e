using System.Net;
using System.Net.Http.Headers;
using Berth.Clients.Tests.Content;

namespace Berth.Clients.Tests.Servers;

/// <summary>Puts content into a repository with plain requests, so that no cell depends on a client that is not its own.</summary>
internal sealed class Push(Site site, string repository, AuthenticationHeaderValue token)
{
    public static async Task<Push> StartAsync(Site site, string repository) =>
        new(site, repository, await site.Http.TokenAsync(site.Pusher, repository, "pull,push"));

    public async Task BlobAsync(Blob blob) => await SendAsync(
        HttpMethod.Post, $"blobs/uploads/?digest={Uri.EscapeDataString(blob.Digest)}", blob.Bytes, "application/octet-stream");

    public async Task ManifestAsync(Blob manifest, string reference) =>
        await SendAsync(HttpMethod.Put, $"manifests/{reference}", manifest.Bytes, manifest.MediaType);

    public async Task ImageAsync(Image image, string tag)
    {
        foreach (var blob in image.Blobs)
            await BlobAsync(blob);
        await ManifestAsync(image.Manifest, tag);
    }

    private async Task SendAsync(HttpMethod method, string path, byte[] body, string mediaType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(mediaType);
        using var answer = await site.Http.SendAsync(method, $"/v2/{repository}/{path}", token, content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
