using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berth.Oci;

/// <summary>Writes the answer of the referrers API: an image index that lists descriptors (OCI distribution specification 1.1, "Listing Referrers").</summary>
public static class ReferrersIndex
{
    /// <summary>Annotations keep their size: what is not ASCII need not be escaped in a body that is UTF-8 and no page.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(IEnumerable<Descriptor> referrers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        foreach (var referrer in referrers)
            Write(json, referrer);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Descriptor referrer)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", referrer.MediaType);
        json.WriteString("digest", referrer.Digest.ToString());
        json.WriteNumber("size", referrer.Size);
        if (referrer.ArtifactType is not null)
            json.WriteString("artifactType", referrer.ArtifactType);
        if (referrer.Annotations is { Count: > 0 } annotations)
        {
            json.WriteStartObject("annotations");
            foreach (var (key, value) in annotations)
                json.WriteString(key, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
