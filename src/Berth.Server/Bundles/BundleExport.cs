using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Oci.Signing;
using Berth.Server.Storage;

namespace Berth.Server.Bundles;

/// <summary>Makes one bundle of what was chosen, whether or not a server is running.</summary>
internal sealed class BundleExport(SingleNodeStores stores, IReadOnlyDictionary<Digest, string> paks)
{
    private readonly Dictionary<Digest, RepositoryName> _manifests = [];

    /// <param name="since">What the other side has already; null for nothing.</param>
    /// <param name="files">The management packs.</param>
    public async Task<BundleContents> DescribeAsync(
        ExportPlan plan, BundleFile? since, IReadOnlyList<BundlePak> files, CancellationToken cancellationToken)
    {
        var (repositories, blobs, absent) = plan.Make();
        var manifests = new SortedDictionary<string, BundleContent>(StringComparer.Ordinal);
        foreach (var repository in repositories)
        {
            foreach (var manifest in repository.Manifests)
            {
                manifests[manifest.Digest.ToString()] = new BundleContent(manifest.Digest, manifest.Size);
                _manifests[manifest.Digest] = repository.Name;
            }
        }

        var others = new SortedDictionary<string, BundleContent>(StringComparer.Ordinal);
        var lacking = new SortedSet<string>(absent.Select(digest => digest.ToString()), StringComparer.Ordinal);
        foreach (var (repository, blob) in blobs)
        {
            if (await stores.Metadata.FindBlobAsync(repository, blob, cancellationToken) is { } size)
                others[blob.ToString()] = new BundleContent(blob, size);
            else
                lacking.Add(blob.ToString());
        }

        foreach (var pak in files)
            others[pak.Digest.ToString()] = new BundleContent(pak.Digest, pak.Size);
        return Divide([.. manifests.Values, .. others.Where(other => !manifests.ContainsKey(other.Key)).Select(other => other.Value)], since) with
        {
            Repositories = repositories,
            Paks = [.. files.OrderBy(pak => pak.FileName, StringComparer.Ordinal)],
            Absent = [.. lacking.Select(digest => Digest.Parse(digest))],
        };
    }

    /// <exception cref="BundleException">Stored content is damaged.</exception>
    public Task<(Digest Id, long Length)> WriteAsync(
        Stream output, BundleContents contents, PrivateKey? key, CancellationToken cancellationToken) => BundleWriter.WriteAsync(
        output, contents, key, content => OpenAsync(content, cancellationToken), cancellationToken);

    private static BundleContents Divide(IReadOnlyList<BundleContent> needed, BundleFile? since)
    {
        var before = since is null ? [] : since.Contents.Content.Concat(since.Contents.Elsewhere).Select(content => content.Digest).ToHashSet();
        var elsewhere = needed.Where(content => before.Contains(content.Digest))
            .OrderBy(content => content.Digest.ToString(), StringComparer.Ordinal).ToList();
        return new BundleContents(
            elsewhere.Count == 0 ? [] : [.. since!.Contents.BuildsOn, since.Id],
            [], [], [.. needed.Where(content => !before.Contains(content.Digest))], elsewhere, []);
    }

    private async Task<Stream> OpenAsync(BundleContent content, CancellationToken cancellationToken)
    {
        if (_manifests.TryGetValue(content.Digest, out var repository))
        {
            var stored = await stores.Metadata.FindManifestAsync(repository, ManifestReference.To(content.Digest), cancellationToken);
            return stored is null ? throw Gone(content.Digest) : new MemoryStream(stored.Bytes.ToArray(), writable: false);
        }

        if (paks.TryGetValue(content.Digest, out var path))
            return File.OpenRead(path);
        return await stores.Blobs.OpenReadAsync(content.Digest, 0, cancellationToken) ?? throw Gone(content.Digest);
    }

    private static BundleFailedException Gone(Digest digest) =>
        new($"{digest} was deleted while the bundle was made, or its file is missing: export again, or let 'berth doctor' look");
}
