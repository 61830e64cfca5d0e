using System.Text.Json;
using Berth.Packaging.Build;

namespace Berth.MpBuild;

/// <summary>The result for scripts.</summary>
/// <param name="Pak">Full path.</param>
/// <param name="PullReference">What the appliance pulls by: registry, repository and digest.</param>
/// <param name="PushedReference">What was pushed: registry, repository and tag.</param>
/// <param name="Attached">Digest of the artifact beside the image that holds the pak; null when there is none.</param>
/// <param name="Signature">Digest of the artifact beside the image that holds its signature; null when there is none.</param>
internal sealed record PackDocument(string Pak, string PullReference, string PushedReference, string Digest, string? Attached, string? Signature)
{
    public const string Format = "json";

    public static PackDocument Of(PackResult result) => new(
        result.Pak, result.PullReference.ToString(), result.PushedTag.ToString(), result.PullReference.Digest.ToString()!,
        result.Attached?.ToString(),
        result.Signature?.ToString());

    public string ToJson() => JsonSerializer.Serialize(this, PackJson.Default.PackDocument);
}
