using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Registry.Blobs;
using Berth.Registry.Manifests;
using Berth.Registry.Uploads;
using Berth.Server.Storage;

namespace Berth.Server.Bundles;

/// <summary>
/// Takes a bundle in: all content first, each under a lease once its bytes were verified, then manifests, then tags. What is there already
/// is left as it is, so that an import that was broken off is simply repeated.
/// </summary>
internal sealed class BundleImport
{
    private readonly BundleFile _bundle;
    private readonly RepositoryBlobs _blobs;
    private readonly RepositoryManifests _manifests;
    private readonly BlobUploads _uploads;

    public BundleImport(SingleNodeStores stores, BundleFile bundle, TimeSpan grace, TimeProvider time)
    {
        _bundle = bundle;
        var lease = new BlobLease(grace, time);
        _blobs = new RepositoryBlobs(stores.Blobs, stores.Metadata, lease);
        _uploads = new BlobUploads(stores.Blobs, stores.Metadata, lease, time);
        // What the registry of origin had not either is no reason to refuse; that nothing else is missing was found before.
        var sparse = bundle.Contents.Absent.Count > 0 ? SparseManifests.Accepted : SparseManifests.Refused;
        _manifests = new RepositoryManifests(stores.Metadata, sparse, time);
    }

    /// <exception cref="BundleFailedException">It builds on a bundle that was not imported; nothing was changed.</exception>
    /// <exception cref="BundleException">It is damaged.</exception>
    public async Task<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        var plan = new ImportPlan(_bundle, _manifests, _blobs);
        await plan.MakeAsync(cancellationToken);
        var (newBlobs, newBytes) = (0, 0L);
        foreach (var (repository, blob) in plan.Blobs)
        {
            if (await BringAsync(repository, blob, cancellationToken))
                (newBlobs, newBytes) = (newBlobs + 1, newBytes + _bundle.FindSize(blob)!.Value);
        }

        var newManifests = 0;
        foreach (var (repository, manifest) in plan.Manifests)
        {
            if (await StoreAsync(repository, manifest, cancellationToken))
                newManifests++;
        }

        var (moved, kept) = await TagAsync(cancellationToken);
        var contents = _bundle.Contents;
        return new ImportReport(
            _bundle.Id.ToString(), Name(_bundle.Trust), contents.Repositories.Count, plan.Manifests.Count, newManifests,
            plan.Blobs.Select(blob => blob.Blob).Distinct().Count(), newBlobs, newBytes, contents.Repositories.Sum(repository => repository.Tags.Count), moved,
            [.. kept], []);
    }

    /// <returns>Whether its bytes came out of the bundle.</returns>
    private async Task<bool> BringAsync(RepositoryName repository, Digest blob, CancellationToken cancellationToken)
    {
        if (await _blobs.FindAsync(repository, blob, cancellationToken) is not null && await _blobs.PromiseAsync(repository, blob, cancellationToken))
            return false;
        foreach (var source in await _blobs.ListSourcesAsync(blob, cancellationToken))
        {
            if (source != repository && await _blobs.MountAsync(source, repository, blob, cancellationToken))
                return false;
        }

        await _bundle.RequirePlaceAsync(blob, cancellationToken);
        await using var content = _bundle.TryOpenBlob(blob)
            ?? throw new BundleFailedException($"{blob} was removed from this registry while the bundle was imported: import again");
        await _uploads.PutAsync(repository, content, blob, cancellationToken);
        return true;
    }

    /// <returns>Whether it was not there before.</returns>
    private async Task<bool> StoreAsync(RepositoryName repository, BundleManifest manifest, CancellationToken cancellationToken)
    {
        var reference = ManifestReference.To(manifest.Digest);
        if (await _manifests.FindAsync(repository, reference, cancellationToken) is not null)
            return false;
        await PutAsync(repository, manifest, [], cancellationToken);
        return true;
    }

    private async Task<(int Moved, List<string> Kept)> TagAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        var kept = new List<string>();
        foreach (var repository in _bundle.Contents.Repositories)
        {
            var entries = repository.Manifests.ToDictionary(manifest => manifest.Digest);
            foreach (var tag in repository.Tags)
            {
                var current = await _manifests.FindAsync(repository.Name, ManifestReference.To(tag.Name), cancellationToken);
                if (current?.Digest == tag.Digest)
                    continue;
                try
                {
                    await PutAsync(repository.Name, entries[tag.Digest], [tag.Name], cancellationToken);
                    moved++;
                }
                catch (OciException e) when (e.Error == OciError.TagImmutable)
                {
                    kept.Add($"{repository.Name}:{tag.Name}");
                }
            }
        }

        return (moved, kept);
    }

    private async Task PutAsync(RepositoryName repository, BundleManifest manifest, IReadOnlyList<Tag> tags, CancellationToken cancellationToken)
    {
        var bytes = await ImportPlan.ReadAsync(_bundle, _manifests, repository, manifest, cancellationToken)
            ?? throw new BundleFailedException($"{repository}@{manifest.Digest} was removed from this registry while the bundle was imported: import again");
        await _manifests.PutAsync(
            new ReceivedManifest(repository, ManifestReference.To(manifest.Digest), manifest.MediaType, bytes, tags), cancellationToken);
    }

    private static string Name(BundleTrust trust) => trust switch
    {
        BundleTrust.Verified => "verified",
        BundleTrust.Unchecked => "unchecked",
        _ => "not_signed",
    };
}
