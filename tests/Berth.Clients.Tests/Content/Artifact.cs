using System.Text;

namespace Berth.Clients.Tests.Content;

/// <summary>A text that is no image, alone or with a subject.</summary>
internal sealed record Artifact(Blob Config, Blob Text, Blob Manifest)
{
    public const string FileName = "note.txt";

    public IEnumerable<Blob> Blobs => [Config, Text];

    public static Artifact Create(string text, Blob? subject)
    {
        var config = new Blob(MediaTypes.Empty, "{}"u8.ToArray());
        var note = new Blob("text/plain", Encoding.UTF8.GetBytes(text));
        var title = $$""", "annotations": { "org.opencontainers.image.title": "{{FileName}}" }""";
        var pointer = subject is null ? "" : $", \"subject\": {subject.Descriptor()}";
        return new(config, note, new Blob(MediaTypes.Manifest, Encoding.UTF8.GetBytes(
            $$"""
            {
              "schemaVersion": 2,
              "mediaType": "{{MediaTypes.Manifest}}",
              "artifactType": "{{MediaTypes.Note}}",
              "config": {{config.Descriptor()}},
              "layers": [{{note.Descriptor(title)}}]{{pointer}}
            }
            """)));
    }
}
