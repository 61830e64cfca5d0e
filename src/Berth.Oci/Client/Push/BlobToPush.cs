namespace Berth.Oci.Client.Push;

/// <summary>A blob that a repository shall have.</summary>
/// <param name="From">A repository of the same registry that has it; null: none is known.</param>
public sealed record BlobToPush(Descriptor Blob, IBlobContent Content, RepositoryName? From = null);
