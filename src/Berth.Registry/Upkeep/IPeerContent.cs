using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>Registries that have the same content.</summary>
public interface IPeerContent
{
    /// <summary>Fetches content, verifies it, and makes it durable in the store.</summary>
    /// <param name="repositories">Where it may be found.</param>
    /// <returns>Null when no peer has it.</returns>
    ValueTask<Uri?> FetchAsync(KnownBlob blob, IReadOnlyList<RepositoryName> repositories, CancellationToken cancellationToken);
}
