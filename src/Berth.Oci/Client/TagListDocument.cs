namespace Berth.Oci.Client;

/// <summary>The answer to <c>tags/list</c>. No tags are null with some registries.</summary>
internal sealed record TagListDocument(IReadOnlyList<string?>? Tags);
