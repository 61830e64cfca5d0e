using Berth.Oci;

namespace Berth.Server.Restoring;

/// <summary>What comes back out of the trash together: all of it or nothing.</summary>
/// <param name="Tags">To be set, unless they name something else by now.</param>
/// <param name="Entries">Of the journal, which are over when it is done.</param>
/// <param name="Content">What the manifests need and the repository does not show any more.</param>
/// <param name="Lost">What they need and nobody has any more.</param>
/// <param name="Never">What they name and was never here: they were stored without it.</param>
internal sealed record RestorePlan(
    RepositoryName Repository,
    IReadOnlyList<TrashedManifest> Manifests,
    IReadOnlyList<TrashedTag> Tags,
    IReadOnlyList<long> Entries,
    IReadOnlyList<TrashedContent> Content,
    IReadOnlyList<Digest> Lost,
    IReadOnlySet<Digest> Never);

/// <param name="Entry">Of the journal.</param>
internal sealed record TrashedManifest(long Entry, Digest Digest, string MediaType, DateTimeOffset Created, byte[] Bytes)
{
    public Manifest Parse() => Manifest.TryParse(Bytes, MediaType, out var manifest, out var problem)
        ? manifest
        : throw new InvalidDataException($"The manifest {Digest} in the trash cannot be read: {problem}");
}

/// <param name="Entry">Of the journal.</param>
/// <param name="Digest">What it named.</param>
internal sealed record TrashedTag(long Entry, Tag Tag, Digest Digest);

/// <param name="Size">In bytes.</param>
internal sealed record TrashedContent(Digest Digest, long Size);

/// <summary>What was brought back. Tags that name something else by now stay as they are.</summary>
internal sealed record RestoreResult(IReadOnlyList<Digest> Manifests, IReadOnlyList<Tag> Tags, IReadOnlyList<Tag> TakenTags);

/// <summary>It cannot be brought back; nothing was.</summary>
internal sealed class RestoreFailedException(string message) : Exception(message);
