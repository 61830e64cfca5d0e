using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>An image in a directory of the OCI layout (OCI image specification 1.1, image-layout.md). Its manifest is pushed as it is.</summary>
/// <param name="tag">The image's name in <c>index.json</c>; null: the only one, or the one for the Cloud Proxy's platform.</param>
internal sealed class OciLayoutSource(string directory, string? tag) : IImageSource
{
    public const string Prefix = "oci:";
    private const string NameAnnotation = "org.opencontainers.image.ref.name";

    private string Name => $"{Prefix}{directory}{(tag is null ? "" : $":{tag}")}";

    /// <summary>Reads <c>oci:DIR[:TAG]</c>; null when the text does not begin like that.</summary>
    public static OciLayoutSource? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var rest = text[Prefix.Length..];
        var colon = rest.LastIndexOf(':');
        return Directory.Exists(rest) || colon < 1 || rest.LastIndexOf('/') > colon
            ? new OciLayoutSource(rest, null)
            : new OciLayoutSource(rest[..colon], rest[(colon + 1)..]);
    }

    public async Task<ImageIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        var (fetched, manifest) = await FindAsync(cancellationToken);
        var bytes = await ReadBlobAsync(manifest.Config!.Digest, ImageConfigDocument.MaxBytes, cancellationToken);
        return OriginalImage.Identify(fetched, manifest, bytes, Name);
    }

    public async Task<SourceImage> ReadAsync(
        IReadOnlyDictionary<Digest, Descriptor> known, Action<BlobToPush> deliver, CancellationToken cancellationToken)
    {
        var (fetched, manifest) = await FindAsync(cancellationToken);
        foreach (var blob in manifest.RequiredBlobs)
        {
            if (new FileInfo(BlobPath(blob.Digest)) is not { Exists: true } file || file.Length != blob.Size)
                throw Damaged($"the blob {blob.Digest} is missing, or not {blob.Size} bytes long");
            deliver(new BlobToPush(blob, new FileBlob(file.FullName, blob)));
        }

        return new SourceImage(manifest.Config!, manifest.Layers) { Original = fetched };
    }

    public void Dispose()
    {
    }

    private async Task<(FetchedManifest Fetched, Manifest Manifest)> FindAsync(CancellationToken cancellationToken)
    {
        var index = Parse(await ReadFileAsync(Path.Combine(directory, "index.json"), Manifest.MaxBytes, cancellationToken), MediaTypes.OciIndex);
        var chosen = Choose(index);
        while (true)
        {
            var bytes = await ReadBlobAsync(chosen.Digest, Manifest.MaxBytes, cancellationToken);
            var manifest = Parse(bytes, chosen.MediaType);
            if (manifest.Config is not null)
                return (new FetchedManifest(chosen.Digest, chosen.MediaType, bytes), manifest);
            if (!manifest.IsIndex)
                throw Damaged($"{chosen.Digest} is no image");
            chosen = PlatformChoice.Require(manifest.Manifests, Name);
        }
    }

    private Descriptor Choose(Manifest index)
    {
        if (tag is null)
            return index.Manifests.Count == 1 ? index.Manifests[0] : PlatformChoice.Require(index.Manifests, Name);
        return index.Manifests.FirstOrDefault(one => one.Annotations?.GetValueOrDefault(NameAnnotation) == tag)
            ?? throw new PackException(
                PackFailure.Usage,
                $"{directory} has no image '{Quote.Short(tag)}'; its names are: {Names(index)}");
    }

    private static string Names(Manifest index) =>
        string.Join(", ", index.Manifests.Take(20).Select(one => Quote.Short(one.Annotations?.GetValueOrDefault(NameAnnotation) ?? "(none)")));

    private async Task<byte[]> ReadBlobAsync(Digest digest, int most, CancellationToken cancellationToken)
    {
        var bytes = await ReadFileAsync(BlobPath(digest), most, cancellationToken);
        return Digest.Of(bytes, digest.Algorithm) == digest ? bytes : throw Damaged($"{digest} has not the content that its name says");
    }

    private async Task<byte[]> ReadFileAsync(string path, int most, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is not { Exists: true } file)
            throw new PackException(PackFailure.Usage, $"{Name}: there is no {path}; a directory with an OCI image layout is expected");
        return file.Length <= most ? await File.ReadAllBytesAsync(path, cancellationToken) : throw Damaged($"{path} is longer than {most} bytes");
    }

    private Manifest Parse(byte[] bytes, string type) =>
        Manifest.TryParse(bytes, type, out var manifest, out var problem) ? manifest : throw Damaged(problem);

    private string BlobPath(Digest digest) => Path.Combine(directory, "blobs", digest.Algorithm.Name(), digest.Hex.ToString());

    private PackException Damaged(string what) => new(PackFailure.Push, $"{Name} cannot be pushed: {what}; make it again");
}
