using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Berth.Oci;

/// <summary>What a manifest says about other content. The bytes themselves are kept as received and are never written from this.</summary>
/// <remarks>OCI image specification 1.1, manifest.md and image-index.md; Docker image manifest version 2, schema 2.</remarks>
/// <param name="MediaType">The type it is served with: the declared one, or what its content makes it.</param>
public sealed record Manifest(string MediaType)
{
    /// <summary>The largest manifest taken, in bytes. The specification asks registries to take at least this much.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public string? ArtifactType { get; init; }

    /// <summary>
    /// The type that this manifest is known by among the referrers of its subject: its artifact type, or else its config's type (OCI distribution
    /// specification 1.1, "Listing Referrers"). An index without an artifact type has none.
    /// </summary>
    public string? ReferrerType => ArtifactType ?? Config?.MediaType;

    /// <summary>Absent in an index.</summary>
    public Descriptor? Config { get; init; }

    public IReadOnlyList<Descriptor> Layers { get; init; } = [];

    /// <summary>The children of an index.</summary>
    public IReadOnlyList<Descriptor> Manifests { get; init; } = [];

    public Descriptor? Subject { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    /// <summary>Content that has to be in the repository before this manifest: config and layers, less what may live elsewhere.</summary>
    public IEnumerable<Descriptor> RequiredBlobs => (Config is null ? Layers : Layers.Prepend(Config))
        .Where(blob => !(MediaTypes.IsNonDistributable(blob.MediaType) && blob.Urls is { Count: > 0 }));

    /// <summary>Reads a manifest.</summary>
    /// <param name="utf8">The bytes as received.</param>
    /// <param name="contentType">The type that came with them, without parameters; null when none came.</param>
    /// <param name="problem">What is wrong, for the person who made it; null on success.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, string? contentType, [NotNullWhen(true)] out Manifest? manifest, [NotNullWhen(false)] out string? problem)
    {
        manifest = null;
        try
        {
            var document = JsonSerializer.Deserialize(utf8, OciJson.Default.ManifestDocument);
            if (document is null)
                problem = "the manifest is the JSON value null; an object is expected";
            else
                manifest = document.ToManifest(contentType, out problem);
        }
        catch (JsonException e)
        {
            problem = $"the manifest is not valid JSON of its type (line {e.LineNumber + 1}, {Quote.Short(e.Path ?? "$")})";
        }

        return manifest is not null && problem is null;
    }
}
