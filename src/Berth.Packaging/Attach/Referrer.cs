using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Attach;

/// <summary>An artifact that says something about an image: an image manifest with a subject (OCI image specification 1.1, manifest.md).</summary>
/// <remarks>The same content gives the same bytes: members in a fixed order, annotations sorted, no time of its own.</remarks>
internal sealed record Referrer(string ArtifactType, Descriptor Subject, ReferrerLayer Layer)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReferrerLayer EmptyConfig { get; } = ReferrerLayer.OfBytes(MediaTypes.OciEmpty, "{}"u8.ToArray());

    public SortedDictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> ToManifest()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciManifest);
        json.WriteString("artifactType", ArtifactType);
        json.WritePropertyName("config");
        Write(json, EmptyConfig.Descriptor);
        json.WriteStartArray("layers");
        Write(json, Layer.Descriptor);
        json.WriteEndArray();
        json.WritePropertyName("subject");
        Write(json, new Descriptor(Subject.MediaType, Subject.Digest, Subject.Size));
        Write(json, Annotations);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Descriptor descriptor)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", descriptor.MediaType);
        json.WriteString("digest", descriptor.Digest.ToString());
        json.WriteNumber("size", descriptor.Size);
        Write(json, descriptor.Annotations);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? annotations)
    {
        if (annotations is not { Count: > 0 })
            return;
        json.WriteStartObject("annotations");
        foreach (var (key, value) in annotations)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
