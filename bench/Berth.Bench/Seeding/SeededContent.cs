using System.Globalization;
using Berth.Bench.Content;

namespace Berth.Bench.Seeding;

/// <summary>What every store for reading holds.</summary>
internal sealed class SeededContent
{
    public const string Repository = "bench/image";
    public const string Tag = "v1";
    public const string TagsRepository = "bench/tags";
    public const int TagCount = 100_000;
    public const int BlobSize = 100_000_000;

    public Image Image { get; } = Image.Make(1, 1)[0];

    public Blob LargeBlob { get; } = new BlobSet(3, BlobSize, 1).Blobs[0];

    public static string ManifestPath(string reference) => $"/v2/{Repository}/manifests/{reference}";

    public static string BlobPath(string digest) => $"/v2/{Repository}/blobs/{digest}";

    /// <summary>A page of 100 from the middle.</summary>
    public static string TagPagePath => $"/v2/{TagsRepository}/tags/list?n=100&last={TagName(TagCount / 2)}";

    public static string TagName(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number:000000}");
}
