using System.Text.Json;
using Berth.Packaging.Retarget;

namespace Berth.MpBuild;

/// <summary>The result of a retarget for scripts.</summary>
/// <param name="Pak">Full path.</param>
/// <param name="PullReference">Null when it depends on the appliance's default registry.</param>
/// <param name="Verified">Whether it was proven that the image can be pulled there.</param>
internal sealed record RetargetDocument(string Pak, string? PullReference, string Digest, bool Verified, string? Note)
{
    public static RetargetDocument Of(RetargetResult result) => new(
        result.Pak, result.PullReference?.ToString(), result.Digest.ToString(), result.Note is null, result.Note);

    public string ToJson() => JsonSerializer.Serialize(this, PackJson.Default.RetargetDocument);
}
