namespace Berth.Clients.Tests.Content;

/// <summary>What every registry of the matrix holds from the beginning, and what clients push.</summary>
internal static class PublicContent
{
    public const string Repository = "public/content";

    public const string ImageTag = "image";

    public const string IndexTag = "index";

    public const string ArtifactTag = "artifact";

    public static Image Image { get; } = Image.Create("amd64", seed: 1);

    /// <summary>For a platform that is not the one the tests run on.</summary>
    public static Image Foreign { get; } = Image.Create("arm64", seed: 2);

    public static ImageIndex Index { get; } = ImageIndex.Of(Image, Foreign);

    public static Artifact Artifact { get; } = Artifact.Create("by itself", subject: null);

    public static Artifact Referrer { get; } = Artifact.Create("about the image", Image.Manifest);

    /// <summary>Blobs first, children before the index.</summary>
    public static IEnumerable<Blob> Blobs => [.. Index.Blobs, .. Artifact.Blobs, .. Referrer.Blobs];

    public static IEnumerable<(Blob Manifest, string Reference)> Manifests =>
    [
        (Image.Manifest, ImageTag), (Foreign.Manifest, Foreign.Manifest.Digest), (Index.Manifest, IndexTag),
        (Artifact.Manifest, ArtifactTag), (Referrer.Manifest, Referrer.Manifest.Digest),
    ];
}
