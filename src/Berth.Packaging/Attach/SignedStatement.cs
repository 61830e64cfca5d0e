using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Attach;

/// <summary>What is signed: that this is the image (in-toto statement v1 with cosign's predicate), in the envelope that DSSE v1 describes.</summary>
internal static class SignedStatement
{
    public const string PayloadType = "application/vnd.in-toto+json";
    public const string PredicateType = "https://sigstore.dev/cosign/sign/v1";

    public static byte[] Of(Digest image)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("_type", "https://in-toto.io/Statement/v1");
        json.WriteStartArray("subject");
        json.WriteStartObject();
        json.WriteStartObject("digest");
        json.WriteString(image.Algorithm.Name(), image.Hex);
        json.WriteEndObject();
        json.WriteStartObject("annotations");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("predicateType", PredicateType);
        json.WriteStartObject("predicate");
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The bytes that the signature is over: DSSE's pre-authentication encoding.</summary>
    public static byte[] ToBeSigned(ReadOnlySpan<byte> payload)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} ");
        return [.. Encoding.ASCII.GetBytes(head), .. payload];
    }
}
