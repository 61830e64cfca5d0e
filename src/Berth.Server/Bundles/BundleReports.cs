using System.Text.Json.Serialization;

namespace Berth.Server.Bundles;

/// <param name="Bundle">Its id: the digest of its contents.</param>
/// <param name="BuildsOn">Bundles that have to be imported before.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Elsewhere">How many manifests and blobs earlier bundles brought.</param>
/// <param name="Absent">What manifests name and the registry has not.</param>
internal sealed record ExportReport(
    string Bundle, string[] BuildsOn, bool Signed, int Repositories, int Manifests, int Tags, int Paks, int Blobs, long Bytes, int Elsewhere, string[] Absent);

/// <param name="Trust">not_signed, unchecked or verified.</param>
/// <param name="NewBytes">Of content that was not in the registry before.</param>
/// <param name="KeptTags">Tags that a policy keeps from being moved, and still name something else.</param>
internal sealed record ImportReport(
    string Bundle, string Trust, int Repositories, int Manifests, int NewManifests, int Blobs, int NewBlobs, long NewBytes, int Tags, int MovedTags, string[] KeptTags, string[] Paks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class BundleReportJson : JsonSerializerContext;
