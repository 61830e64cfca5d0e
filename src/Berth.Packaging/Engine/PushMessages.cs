using System.Text.Json;
using Berth.Oci;
using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>Reads the engine's stream of messages during a push. A failure comes in it, under status 200.</summary>
/// <remarks>
/// Engines differ in how they name the digest: in an <c>aux</c> message, which others use for other things too, or in a status line
/// <c>TAG: digest: sha256:… size: N</c>, or not at all. The last one named counts.
/// </remarks>
internal sealed class PushMessages : IProgress<JSONMessage>
{
    private const string DigestMark = "digest: ";

    public string? Error { get; private set; }

    public Digest? Digest { get; private set; }

    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
            Error = OneLine.Of(error.Message is { Length: > 0 } message ? message : "the engine gave no reason");
        if (value.Aux?.ExtensionData?.TryGetValue("Digest", out var aux) == true
            && aux is JsonElement { ValueKind: JsonValueKind.String } text
            && Oci.Digest.TryParse(text.GetString(), out var digest))
            Digest = digest;
        else if (value.Status is { } status && TryFindDigest(status, out digest))
            Digest = digest;
    }

    private static bool TryFindDigest(string status, out Digest digest)
    {
        digest = default;
        var mark = status.IndexOf(DigestMark, StringComparison.Ordinal);
        if (mark < 0)
            return false;
        var rest = status.AsSpan(mark + DigestMark.Length);
        var end = rest.IndexOf(' ');
        return Oci.Digest.TryParse(end < 0 ? rest : rest[..end], out digest);
    }
}
