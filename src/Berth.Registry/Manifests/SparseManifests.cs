namespace Berth.Registry.Manifests;

/// <summary>Which manifests are taken although the repository has not all that they name.</summary>
/// <remarks>
/// The distribution specification leaves it to the registry ("Checking if content exists", and <c>MANIFEST_BLOB_UNKNOWN</c>). A sparse index
/// keeps the digest of a multi-platform image whose other platforms were never copied here.
/// </remarks>
public enum SparseManifests
{
    /// <summary>None: what is published can be pulled whole.</summary>
    Refused,

    /// <summary>An index may list manifests that are not here; an image needs all its content.</summary>
    Indexes,

    /// <summary>All.</summary>
    Accepted,
}
