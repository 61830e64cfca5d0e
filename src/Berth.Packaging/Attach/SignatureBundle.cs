using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Attach;

/// <summary>A signature as cosign stores and finds it: a Sigstore bundle, version 0.3, with a key's hint and no transparency log.</summary>
internal static class SignatureBundle
{
    public const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Create(Digest image, SigningKey key)
    {
        var payload = SignedStatement.Of(image);
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        json.WriteString("mediaType", MediaType);
        json.WriteStartObject("verificationMaterial");
        json.WriteStartObject("publicKey");
        json.WriteString("hint", key.Hint);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("dsseEnvelope");
        json.WriteBase64String("payload", payload);
        json.WriteString("payloadType", SignedStatement.PayloadType);
        json.WriteStartArray("signatures");
        json.WriteStartObject();
        json.WriteBase64String("sig", key.Sign(SignedStatement.ToBeSigned(payload)));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Whether a bundle says that this is the image, with a signature that is good.</summary>
    public static bool IsOf(ReadOnlyMemory<byte> bundle, Digest image, SignatureVerifier verify)
    {
        try
        {
            using var json = JsonDocument.Parse(bundle);
            var envelope = json.RootElement.GetProperty("dsseEnvelope");
            var payload = envelope.GetProperty("payload").GetBytesFromBase64();
            return payload.AsSpan().SequenceEqual(SignedStatement.Of(image))
                && envelope.GetProperty("payloadType").ValueEquals(SignedStatement.PayloadType)
                && envelope.GetProperty("signatures").EnumerateArray().Any(
                    one => verify(SignedStatement.ToBeSigned(payload), one.GetProperty("sig").GetBytesFromBase64()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Somebody else's, in a form of their own.
            return false;
        }
    }
}
