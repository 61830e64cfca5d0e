using System.Text;
using Berth.Clients.Tests.Content;

namespace Berth.Clients.Tests.Servers;

/// <summary>What can be seen of a repository: nothing of it may change when a client is refused.</summary>
/// <remarks>Read with a login: a look without one is a pull, as an appliance's, and protects what was looked at from being deleted.</remarks>
internal sealed record RepositoryState(string? Tags, string? Image, string? Referrers, string? Blob)
{
    public static async Task<RepositoryState> ReadAsync(Site site, string repository)
    {
        var authorization = await site.Http.TokenAsync(site.Pusher, repository, "pull");
        return new(
            await TextAsync("tags/list"),
            await TextAsync($"manifests/{PublicContent.Image.Manifest.Digest}"),
            await TextAsync($"referrers/{PublicContent.Image.Manifest.Digest}"),
            await TextAsync($"blobs/{PublicContent.Artifact.Text.Digest}"));

        async Task<string?> TextAsync(string path) =>
            await site.Http.FetchAsync($"/v2/{repository}/{path}", authorization) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }
}
