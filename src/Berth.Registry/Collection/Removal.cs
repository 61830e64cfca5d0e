using Berth.Oci;

namespace Berth.Registry.Collection;

/// <summary>One thing that was, or would be, taken away.</summary>
/// <param name="Size">In bytes: what the store holds for it; 0 for a name.</param>
/// <param name="Reason">Why, for a person to read.</param>
public sealed record Removal(RemovalKind Kind, RepositoryName? Repository, Digest? Digest, Tag? Tag, long Size, string Reason)
{
    /// <summary>The entry of the journal that it ends; null for what goes into the trash now.</summary>
    public long? Journal { get; init; }

    /// <summary>Whether it leaves the trash, for good.</summary>
    public bool IsPurge => Journal is not null;
}
