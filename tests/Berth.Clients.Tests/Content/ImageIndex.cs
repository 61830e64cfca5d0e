using System.Text;

namespace Berth.Clients.Tests.Content;

/// <summary>Images of several platforms under one digest.</summary>
internal sealed record ImageIndex(IReadOnlyList<Image> Images, Blob Manifest)
{
    public IEnumerable<Blob> Blobs => Images.SelectMany(image => image.Blobs);

    public static ImageIndex Of(params Image[] images) => new(images, new Blob(MediaTypes.Index, Encoding.UTF8.GetBytes(
        $$"""
        {
          "schemaVersion": 2,
          "mediaType": "{{MediaTypes.Index}}",
          "manifests": [{{string.Join(", ", images.Select(Describe))}}]
        }
        """)));

    private static string Describe(Image image) =>
        image.Manifest.Descriptor($$""", "platform": { "architecture": "{{image.Architecture}}", "os": "linux" }""");
}
