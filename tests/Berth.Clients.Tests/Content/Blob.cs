using Berth.Chain.Tests.Registry;

namespace Berth.Clients.Tests.Content;

/// <summary>Bytes with the media type that they are known by.</summary>
internal sealed record Blob(string MediaType, byte[] Bytes)
{
    public string Digest { get; } = Sha256.Of(Bytes);

    /// <summary>The digest without its algorithm: what some clients print.</summary>
    public string Hex => Digest[7..];

    /// <param name="more">Further members, each with a comma in front.</param>
    public string Descriptor(string more = "") =>
        $$"""{ "mediaType": "{{MediaType}}", "digest": "{{Digest}}", "size": {{Bytes.Length}}{{more}} }""";
}
