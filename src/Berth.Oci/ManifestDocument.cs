namespace Berth.Oci;

/// <summary>A manifest as JSON has it, before anything is required of it.</summary>
internal sealed record ManifestDocument
{
    public int? SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public DescriptorDocument? Config { get; init; }

    public List<DescriptorDocument?>? Layers { get; init; }

    public List<DescriptorDocument?>? Manifests { get; init; }

    public DescriptorDocument? Subject { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    public Manifest? ToManifest(string? contentType, out string? problem)
    {
        var mediaType = contentType ?? MediaType ?? (Manifests is not null ? MediaTypes.OciIndex : MediaTypes.OciManifest);
        problem = Problem(contentType, mediaType);
        if (problem is not null)
            return null;
        try
        {
            return new Manifest(mediaType)
            {
                ArtifactType = string.IsNullOrEmpty(ArtifactType) ? null : ArtifactType,
                Config = Config?.ToDescriptor("config"),
                Layers = All(Layers, "layers"),
                Manifests = All(Manifests, "manifests"),
                Subject = Subject?.ToDescriptor("subject"),
                Annotations = Annotations ?? [],
            };
        }
        catch (FormatException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private string? Problem(string? contentType, string mediaType)
    {
        if (mediaType is MediaTypes.DockerSchema1 or MediaTypes.DockerSchema1Signed || SchemaVersion is 1)
            return "Docker schema 1 manifests are not accepted: push again with a client of this decade";
        if (SchemaVersion is not (2 or null))
            return $"schemaVersion is {SchemaVersion}; 2 is expected";
        if (contentType is not null && MediaType is not null && contentType != MediaType)
            return $"the Content-Type says '{Quote.Short(contentType)}' and the manifest's mediaType says '{Quote.Short(MediaType)}'";
        if (MediaTypes.IsImageManifest(mediaType))
            return Config is null ? "an image manifest needs a config" : Manifests is null ? null : "an image manifest must not list manifests";
        if (MediaTypes.IsIndex(mediaType))
            return Manifests is null ? "an index needs manifests" : Layers is null && Config is null ? null : "an index must not have config or layers";
        return $"'{Quote.Short(mediaType)}' is not a manifest type that is known here: an image manifest or index, of OCI or Docker schema 2, is expected";
    }

    private static List<Descriptor> All(List<DescriptorDocument?>? documents, string where) =>
        [.. (documents ?? []).Select((document, index) => document?.ToDescriptor($"{where}[{index}]")
            ?? throw new FormatException($"{where}[{index}] is null"))];
}

internal sealed record DescriptorDocument
{
    public string? MediaType { get; init; }

    public string? Digest { get; init; }

    public long? Size { get; init; }

    public string? ArtifactType { get; init; }

    public PlatformDocument? Platform { get; init; }

    public List<string>? Urls { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    /// <exception cref="FormatException">A required member is missing or malformed.</exception>
    public Descriptor ToDescriptor(string where)
    {
        if (string.IsNullOrEmpty(MediaType))
            throw new FormatException($"{where} has no mediaType");
        if (!Oci.Digest.TryParse(Digest, out var digest))
            throw new FormatException($"{where} has no valid digest");
        if (Size is not >= 0)
            throw new FormatException($"{where} has no valid size");
        return new Descriptor(MediaType, digest, Size.Value)
        {
            ArtifactType = ArtifactType,
            Platform = Platform is { Os: { } os, Architecture: { } architecture } ? new Platform(os, architecture, Platform.Variant) : null,
            Urls = Urls,
            Annotations = Annotations,
        };
    }
}

internal sealed record PlatformDocument
{
    public string? Os { get; init; }

    public string? Architecture { get; init; }

    public string? Variant { get; init; }
}
