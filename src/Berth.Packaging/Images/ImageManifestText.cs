using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>Writes the manifest of an image: the same bytes for the same image.</summary>
internal static class ImageManifestText
{
    public const string OciGzipLayer = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string OciZstdLayer = "application/vnd.oci.image.layer.v1.tar+zstd";
    public const string DockerGzipLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>The '+' of the types is no danger in a manifest; escaped, only machines could read it.</summary>
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="type">Of the manifest: OCI's or Docker's. It decides the types of what is in it.</param>
    public static byte[] Write(SourceImage image, string type)
    {
        var isOci = type == MediaTypes.OciManifest;
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", type);
        json.WritePropertyName("config");
        Write(json, image.Config, isOci ? MediaTypes.OciConfig : MediaTypes.DockerConfig);
        json.WriteStartArray("layers");
        foreach (var layer in image.Layers)
            Write(json, layer, LayerType(layer.MediaType, isOci));
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether layers of this type can be pulled as they are; plain tars are left to us to compress.</summary>
    public static bool IsCompressedLayer(string mediaType) => mediaType is OciGzipLayer or OciZstdLayer or DockerGzipLayer;

    private static string LayerType(string mediaType, bool isOci) => mediaType switch
    {
        OciGzipLayer or DockerGzipLayer => isOci ? OciGzipLayer : DockerGzipLayer,
        _ => mediaType,
    };

    private static void Write(Utf8JsonWriter json, Descriptor blob, string mediaType)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", mediaType);
        json.WriteString("digest", blob.Digest.ToString());
        json.WriteNumber("size", blob.Size);
        json.WriteEndObject();
    }
}
