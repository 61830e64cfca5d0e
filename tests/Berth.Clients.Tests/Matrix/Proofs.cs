using System.Net;
using System.Text.Json;
using Berth.Chain.Tests.Registry;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Matrix;

/// <summary>
/// What must be true after a client has reported success: of the registry, asked with plain requests, or of what the client printed.
/// </summary>
internal static class Proofs
{
    private static readonly Image Image = PublicContent.Image;

    /// <summary>For what the client's own success says all there is.</summary>
    public static Task Nothing(Visit visit, string output) => Task.CompletedTask;

    public static async Task ImageStored(Visit visit, string output)
    {
        var stored = await StoredManifest.ReadAsync(visit.Site, visit.Repository, Layout.Tag);
        Assert.NotEmpty(stored.Digests("layers"));
        IsWhatWasPushed(visit, stored.Digest, Image.Manifest, output);
    }

    public static async Task IndexStored(Visit visit, string output)
    {
        var stored = await StoredManifest.ReadAsync(visit.Site, visit.Repository, Layout.Tag);
        Assert.Equal(2, stored.Digests("manifests").Count);
        IsWhatWasPushed(visit, stored.Digest, PublicContent.Index.Manifest, output);
    }

    public static async Task IndexMade(Visit visit, string output) =>
        Assert.Equal(2, (await StoredManifest.ReadAsync(visit.Site, visit.Repository, Layout.Tag)).Digests("manifests").Count);

    public static async Task IndexCopied(Visit visit, string output)
    {
        var stored = await StoredManifest.ReadAsync(visit.Site, visit.Repository, Layout.Tag);
        Assert.Equal(PublicContent.Index.Manifest.Digest, stored.Digest);
    }

    public static Task ImagePulled(Visit visit, string output) => SaysEither(output, Image);

    public static Task PlatformPulled(Visit visit, string output) => SaysEither(output, PublicContent.Foreign);

    /// <summary>The index itself, or its digest.</summary>
    public static Task IndexSeen(Visit visit, string output) =>
        output.Contains(PublicContent.Index.Manifest.Digest, StringComparison.Ordinal)
            ? Task.CompletedTask
            : Says(output, PublicContent.Foreign.Manifest.Digest);

    public static Task TagSeen(Visit visit, string output) => Says(output, PublicContent.IndexTag);

    public static Task RepositorySeen(Visit visit, string output) => Says(output, PublicContent.Repository);

    public static async Task ArtifactStored(Visit visit, string output) =>
        Assert.NotEmpty((await StoredManifest.ReadAsync(visit.Site, visit.Repository, Layout.Tag)).Digests("layers"));

    public static Task ArtifactPulled(Visit visit, string output) => Says(output, PublicContent.Artifact.Text.Digest);

    public static async Task Attached(Visit visit, string output) => Assert.NotEmpty(await ReferrersAsync(visit));

    public static Task ReferrerSeen(Visit visit, string output) => Says(output, PublicContent.Referrer.Manifest.Digest);

    public static async Task CopiedWithReferrers(Visit visit, string output) =>
        Assert.Equal([PublicContent.Referrer.Manifest.Digest], await ReferrersAsync(visit));

    /// <summary>cosign appends to the digest what the tag is for, others do not.</summary>
    public static async Task SignedWithTag(Visit visit, string output) =>
        Assert.Contains($"\"sha256-{Image.Manifest.Hex}", (await RepositoryState.ReadAsync(visit.Site, visit.Repository)).Tags);

    public static async Task SignatureSeen(Visit visit, string output) => await Says(output, (await ReferrersAsync(visit)).Single());

    public static async Task ImageGone(Visit visit, string output) =>
        Assert.Null(await visit.Site.Http.FetchAsync($"/v2/{visit.Repository}/manifests/{Image.Manifest.Digest}"));

    public static async Task LooseBlobGone(Visit visit, string output)
    {
        using var answer = await visit.Site.Http.SendAsync(
            HttpMethod.Head, $"/v2/{visit.Repository}/blobs/{PublicContent.Artifact.Text.Digest}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<IReadOnlyList<string>> ReferrersAsync(Visit visit)
    {
        var bytes = await visit.Site.Http.FetchAsync($"/v2/{visit.Repository}/referrers/{Image.Manifest.Digest}");
        Assert.NotNull(bytes);
        return new StoredManifest(Sha256.Of(bytes), JsonElement.Parse(bytes)).Digests("manifests");
    }

    // Byte for byte what lay on the disk; or, from a client that makes the manifest as it pushes, what it says that it has pushed.
    private static void IsWhatWasPushed(Visit visit, string stored, Blob pushed, string output)
    {
        if (visit.Client.PushesLayouts)
            Assert.Equal(pushed.Digest, stored);
        else
            Assert.Contains(stored, output, StringComparison.Ordinal);
    }

    // Engines name an image by its configuration, others by its manifest.
    private static Task SaysEither(string output, Image image) =>
        Says(output, output.Contains(image.Manifest.Hex, StringComparison.Ordinal) ? image.Manifest.Hex : image.Config.Hex);

    private static Task Says(string output, string expected)
    {
        Assert.Contains(expected, output, StringComparison.Ordinal);
        return Task.CompletedTask;
    }
}
