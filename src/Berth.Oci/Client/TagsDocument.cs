namespace Berth.Oci.Client;

/// <summary>A page of tags (OCI distribution specification 1.1, "Listing Tags"). Some registries send null for no tags.</summary>
internal sealed record TagsDocument(List<string?>? Tags);
