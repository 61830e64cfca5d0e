namespace Berth.Registry.Manifests;

/// <summary>Which manifests are taken although the repository has only part of what they name (docs/decisions/0008).</summary>
public enum SparseManifests
{
    /// <summary>None: whatever is published can be pulled whole.</summary>
    Refused,

    /// <summary>An index may list manifests that are not here; an image needs all its content.</summary>
    Indexes,

    /// <summary>Images too.</summary>
    Accepted,
}
