using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Oci.Bundles;

/// <summary>A table of contents as JSON has it.</summary>
internal sealed record BundleDocument(
    string Format,
    List<string> BuildsOn,
    List<BundleDocument.RepositoryEntry> Repositories,
    List<BundleDocument.PakEntry> Paks,
    List<BundleDocument.ContentEntry> Content,
    List<BundleDocument.ContentEntry> Elsewhere,
    List<string> Absent)
{
    private static readonly string[] Roles = ["root", "child", "referrer"];

    public static byte[] Write(BundleContents contents) => JsonSerializer.SerializeToUtf8Bytes(
        new BundleDocument(
            BundleContents.Format,
            [.. contents.BuildsOn.Select(id => id.ToString())],
            [.. contents.Repositories.Select(Of)],
            [.. contents.Paks.Select(pak =>
                new PakEntry(pak.FileName, pak.Digest.ToString(), pak.Size, pak.Repository.ToString(), pak.Image.ToString()))],
            [.. contents.Content.Select(Of)],
            [.. contents.Elsewhere.Select(Of)],
            [.. contents.Absent.Select(digest => digest.ToString())]),
        BundleJson.Default.BundleDocument);

    /// <exception cref="BundleException">They are none, or contradict themselves.</exception>
    public static BundleContents Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var document = JsonSerializer.Deserialize(utf8, BundleJson.Default.BundleDocument)
                ?? throw new FormatException("they are the JSON value null");
            var contents = document.ToContents();
            BundleRules.Require(contents);
            return contents;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new BundleException($"its contents cannot be understood: {(e is JsonException json ? $"no JSON of that kind, line {json.LineNumber + 1}" : e.Message)}", e);
        }
    }

    private static RepositoryEntry Of(BundleRepository repository) => new(
        repository.Name.ToString(),
        [.. repository.Manifests.Select(manifest => new ManifestEntry(
            manifest.Digest.ToString(), manifest.MediaType, manifest.Size, Roles[(int)manifest.Role], manifest.Subject?.ToString(), manifest.ArtifactType))],
        [.. repository.Tags.Select(tag => new TagEntry(tag.Name.ToString(), tag.Digest.ToString()))]);

    private static ContentEntry Of(BundleContent content) => new(content.Digest.ToString(), content.Size);

    private static BundleContent Parse(ContentEntry entry) => new(Digest.Parse(entry.Digest), Size(entry.Size));

    private static long Size(long size) => size >= 0 ? size : throw new FormatException("a size is negative");

    /// <summary>The serializer refuses null for a member, and not for an element of a list.</summary>
    private static List<T> All<T>(List<T> list)
        where T : class => list.Contains(null!) ? throw new FormatException("something in a list is null") : list;

    private BundleContents ToContents()
    {
        if (Format != BundleContents.Format)
            throw new FormatException($"their format is '{Quote.Short(Format)}' and '{BundleContents.Format}' is known here: a newer Berth may read them");
        return new BundleContents(
            [.. BuildsOn.Select(id => Digest.Parse(id))],
            [.. All(Repositories).Select(repository => repository.Parse())],
            [.. All(Paks).Select(pak => pak.Parse())],
            [.. All(Content).Select(Parse)],
            [.. All(Elsewhere).Select(Parse)],
            [.. Absent.Select(digest => Digest.Parse(digest))]);
    }

    internal sealed record RepositoryEntry(string Name, List<ManifestEntry> Manifests, List<TagEntry> Tags)
    {
        public BundleRepository Parse() => new(
            RepositoryName.Parse(Name),
            [.. All(Manifests).Select(manifest => manifest.Parse())],
            [.. All(Tags).Select(tag => new BundleTag(Tag.Parse(tag.Name), Oci.Digest.Parse(tag.Digest)))]);
    }

    internal sealed record ManifestEntry(string Digest, string MediaType, long Size, string Role, string? Subject = null, string? ArtifactType = null)
    {
        public BundleManifest Parse()
        {
            var role = Array.IndexOf(Roles, Role);
            if (role < 0 || Size is < 0 or > Manifest.MaxBytes || MediaType is "")
                throw new FormatException($"the manifest {Quote.Short(Digest)} has a role, type or size that no manifest has");
            return new BundleManifest(
                Oci.Digest.Parse(Digest), MediaType, Size, (BundleRole)role, Subject is null ? null : Oci.Digest.Parse(Subject), ArtifactType);
        }
    }

    internal sealed record TagEntry(string Name, string Digest);

    internal sealed record ContentEntry(string Digest, long Size);

    internal sealed record PakEntry(string FileName, string Digest, long Size, string Repository, string Image)
    {
        public BundlePak Parse() => FileName.Length is > 0 and <= 255 && FileName is not ("." or "..") && !FileName.AsSpan().ContainsAny('/', '\\', '\0')
            ? new BundlePak(FileName, Oci.Digest.Parse(Digest), BundleDocument.Size(Size), RepositoryName.Parse(Repository), Oci.Digest.Parse(Image))
            : throw new FormatException($"'{Quote.Short(FileName)}' is no file name");
    }
}

/// <summary>Every member has to be there, once.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8,
    NewLine = "\n",
    WriteIndented = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(BundleDocument))]
[JsonSerializable(typeof(BundleIndexDocument))]
internal sealed partial class BundleJson : JsonSerializerContext;
