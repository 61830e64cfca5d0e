using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Oci;

namespace Berth.Packaging.Attach;

/// <summary>An index of referrers, kept as JSON so that whatever others wrote into it is still there afterwards.</summary>
internal sealed class ReferrersTagIndex
{
    private const string Manifests = "manifests";

    private readonly JsonObject _json;

    private ReferrersTagIndex(JsonObject json, IReadOnlyList<Descriptor> entries) => (_json, Entries) = (json, entries);

    public static ReferrersTagIndex Empty =>
        new(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = MediaTypes.OciIndex, [Manifests] = new JsonArray() }, []);

    public IReadOnlyList<Descriptor> Entries { get; }

    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ReferrersTagIndex? index)
    {
        index = null;
        if (!Manifest.TryParse(utf8, MediaTypes.OciIndex, out var manifest, out _))
            return false;
        try
        {
            if (JsonNode.Parse(utf8) is JsonObject json && json[Manifests] is JsonArray)
                index = new ReferrersTagIndex(json, manifest.Manifests);
        }
        catch (JsonException)
        {
            // The parser of manifests takes less than this one; so there is nothing to get here.
        }

        return index is not null;
    }

    public bool Contains(Digest digest) => Entries.Any(entry => entry.Digest == digest);

    /// <summary>The bytes of this index with one more entry at its end.</summary>
    public ReadOnlyMemory<byte> With(Descriptor referrer)
    {
        var entry = new JsonObject
        {
            ["mediaType"] = referrer.MediaType,
            ["digest"] = referrer.Digest.ToString(),
            ["size"] = referrer.Size,
            ["artifactType"] = referrer.ArtifactType,
        };
        if (referrer.Annotations is { Count: > 0 } annotations)
            entry["annotations"] = new JsonObject(annotations.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)JsonValue.Create(one.Value))));
        var changed = (JsonObject)_json.DeepClone();
        changed[Manifests]!.AsArray().Add((JsonNode)entry);
        return Encoding.UTF8.GetBytes(changed.ToJsonString());
    }
}
