using System.Security.Cryptography;
using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Server.Restoring;

/// <summary>Brings back what was removed: content first, looked at byte by byte, then the rows that name it in one transaction.</summary>
/// <remarks>Content that was brought back for a restore that failed is named by nothing, and goes again when its lease is over.</remarks>
internal sealed class TrashRestorer(SingleNodeStores stores, TimeSpan grace, TimeProvider time)
{
    private const int MostNamed = 5;

    /// <exception cref="RestoreFailedException">Something that it needs is lost; nothing was restored.</exception>
    public async Task<RestoreResult> RunAsync(RestorePlan plan, CancellationToken cancellationToken)
    {
        RequireNothingLost(plan.Lost);
        var lost = new List<Digest>();
        foreach (var content in plan.Content)
        {
            if (!await BringBackAsync(plan.Repository, content, cancellationToken))
                lost.Add(content.Digest);
        }

        RequireNothingLost(lost);
        return await new SqliteTrash(stores.Database).RestoreAsync(plan, time.GetUtcNow(), cancellationToken);
    }

    public static void RequireNothingLost(IReadOnlyList<Digest> lost)
    {
        if (lost.Count == 0)
            return;
        var more = lost.Count > MostNamed ? $" and {lost.Count - MostNamed} more" : "";
        throw new RestoreFailedException(
            $"it needs what is purged or damaged: {string.Join(", ", lost.Take(MostNamed))}{more}; nothing was restored, push it again");
    }

    private async Task<bool> BringBackAsync(RepositoryName repository, TrashedContent content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var link = new BlobLink(repository, content.Digest, content.Size, null, now, now + grace);
        if (!await stores.Metadata.LinkBlobAsync(link, () => stores.Blobs.RestoreAsync(content.Digest, CancellationToken.None), cancellationToken))
            return false;
        if (await IsRightAsync(content.Digest, cancellationToken))
            return true;
        await stores.Metadata.RemoveBlobAsync(repository, content.Digest, CancellationToken.None);
        return false;
    }

    private async Task<bool> IsRightAsync(Digest digest, CancellationToken cancellationToken)
    {
        await using var content = await stores.Blobs.OpenReadAsync(digest, 0, cancellationToken);
        if (content is null)
            return false;
        var hash = digest.Algorithm is DigestAlgorithm.Sha512
            ? await SHA512.HashDataAsync(content, cancellationToken)
            : await SHA256.HashDataAsync(content, cancellationToken);
        return Digest.FromHash(digest.Algorithm, hash) == digest;
    }
}
