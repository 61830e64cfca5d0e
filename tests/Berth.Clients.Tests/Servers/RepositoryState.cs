using System.Text;
using Berth.Clients.Tests.Content;

namespace Berth.Clients.Tests.Servers;

/// <summary>What anybody can see of a repository: nothing of it may change when a client is refused.</summary>
internal sealed record RepositoryState(string? Tags, string? Image, string? Referrers, string? Blob)
{
    public static async Task<RepositoryState> ReadAsync(Site site, string repository) => new(
        await TextAsync(site, $"/v2/{repository}/tags/list"),
        await TextAsync(site, $"/v2/{repository}/manifests/{PublicContent.Image.Manifest.Digest}"),
        await TextAsync(site, $"/v2/{repository}/referrers/{PublicContent.Image.Manifest.Digest}"),
        await TextAsync(site, $"/v2/{repository}/blobs/{PublicContent.Artifact.Text.Digest}"));

    private static async Task<string?> TextAsync(Site site, string path) =>
        await site.Http.FetchAsync(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
