using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Api;

/// <summary>An address of the distribution API, taken apart.</summary>
/// <remarks>
/// The verb stands behind a repository name of any number of segments, and a name may itself contain <c>blobs</c> or <c>manifests</c>. What
/// follows the verb never contains a slash, so the last segments decide: <c>a/blobs/uploads/manifests/v1</c> is a manifest of
/// <c>a/blobs/uploads</c>.
/// </remarks>
internal readonly record struct DistributionPath(PathKind Kind, RepositoryName Repository, string Last)
{
    private const string UploadsVerb = "/blobs/uploads";

    /// <param name="path">What follows <c>/v2/</c>, percent-decoded.</param>
    /// <exception cref="OciException">No such address, or its repository name is malformed.</exception>
    public static DistributionPath Parse(ReadOnlySpan<char> path)
    {
        if (path is "")
            return new DistributionPath(PathKind.Root, default, "");
        if (path is "_catalog")
            return new DistributionPath(PathKind.Catalog, default, "");
        if (path.EndsWith("/tags/list"))
            return Of(PathKind.Tags, path[..^"/tags/list".Length], "");

        var trimmed = path.EndsWith("/") ? path[..^1] : path;
        if (trimmed.EndsWith(UploadsVerb))
            return Of(PathKind.Uploads, trimmed[..^UploadsVerb.Length], "");

        var slash = path.LastIndexOf('/');
        var parent = path[..Math.Max(0, slash)];
        var last = path[(slash + 1)..];
        if (parent.EndsWith(UploadsVerb))
            return Of(PathKind.Upload, parent[..^UploadsVerb.Length], last);
        if (parent.EndsWith("/blobs"))
            return Of(PathKind.Blob, parent[..^"/blobs".Length], last);
        if (parent.EndsWith("/manifests"))
            return Of(PathKind.Manifest, parent[..^"/manifests".Length], last);
        if (parent.EndsWith("/referrers"))
            return Of(PathKind.Referrers, parent[..^"/referrers".Length], last);
        throw new OciException(OciError.NotFound);
    }

    /// <summary>The digest of a blob's address.</summary>
    /// <exception cref="OciException">It is malformed.</exception>
    public Digest Digest() => Oci.Digest.TryParse(Last, out var digest) ? digest : throw new OciException(OciError.DigestInvalid, "the address has no valid digest");

    /// <summary>The id of an upload's address. A malformed one is one that was never given out.</summary>
    public UploadId Upload() => UploadId.TryParse(Last, out var id) ? id : throw new OciException(OciError.BlobUploadUnknown);

    /// <summary>The tag or digest of a manifest's address; null when it is neither.</summary>
    public ManifestReference? FindReference() => ManifestReference.TryParse(Last, out var reference) ? reference : null;

    private static DistributionPath Of(PathKind kind, ReadOnlySpan<char> name, ReadOnlySpan<char> last)
    {
        if (!RepositoryName.TryParse(name, out var repository))
            throw new OciException(OciError.NameInvalid, "lower-case letters, digits and single separators . _ - between them, parts joined by '/'");
        return new DistributionPath(kind, repository, last.ToString());
    }
}
