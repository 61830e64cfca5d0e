namespace Berth.Registry.Collection;

/// <summary>What is taken away.</summary>
public enum RemovalKind
{
    Tag,
    Manifest,

    /// <summary>All tags and manifests of a repository at once.</summary>
    Repository,

    /// <summary>Content, out of one repository that does not use it; others may show it still.</summary>
    Link,

    /// <summary>Content that no repository shows any more.</summary>
    Blob,
}
