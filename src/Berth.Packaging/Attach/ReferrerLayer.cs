using Berth.Oci;

namespace Berth.Packaging.Attach;

/// <summary>One blob of an artifact.</summary>
/// <param name="Open">Opens the content; may be called more than once.</param>
internal sealed record ReferrerLayer(Descriptor Descriptor, Func<Stream> Open)
{
    public static ReferrerLayer OfBytes(string mediaType, byte[] content) =>
        new(new Descriptor(mediaType, Digest.Of(content), content.Length), () => new MemoryStream(content, writable: false));
}
