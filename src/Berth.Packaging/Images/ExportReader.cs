using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>Reads the tar of an exported image, front to back, and sorts what is in it.</summary>
/// <remarks>
/// Three forms occur: a directory for each layer with <c>layer.tar</c>, some of them links (Docker up to 24); <c>DIGEST.tar</c> with links to
/// it (podman); <c>blobs/sha256/DIGEST</c> (Docker from 25; with the image store of containerd the layers in there are compressed). In the
/// first two the list of what belongs together comes last.
/// </remarks>
internal sealed class ExportReader(LayerIntake intake)
{
    private const string Blobs = "blobs/sha256/";
    private const int MostDocuments = 1000;
    private const long MostDocumentBytes = 64 * 1024 * 1024;
    private const int LongestName = 4096;

    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadLayer> _layers = new(StringComparer.Ordinal);
    private long _documentBytes;

    /// <exception cref="InvalidDataException">The tar is malformed, or holds no whole image.</exception>
    /// <exception cref="EndOfStreamException">It breaks off.</exception>
    public async Task<ExportedImage> ReadAsync(Stream tar, CancellationToken cancellationToken)
    {
        using var entries = new TarStream(tar);
        while (await entries.NextAsync(cancellationToken) is { } entry)
        {
            if (entry.Name.Length > LongestName || entry.LinkTarget.Length > LongestName)
                throw new InvalidDataException($"a name in it is longer than {LongestName} characters");
            var name = ExportNames.Normalize(entry.Name);
            if (entry.Kind is TarEntryKind.File)
                await TakeAsync(name, entry.Size, entries.Content, cancellationToken);
            else if (entry.Kind is TarEntryKind.SymbolicLink)
                _links[name] = ExportNames.Resolve(name, entry.LinkTarget);
            else if (entry.Kind is TarEntryKind.HardLink)
                _links[name] = ExportNames.Normalize(entry.LinkTarget);
        }

        return new ExportedImage(_documents, LayerAsync);

        Task<ReadLayer> LayerAsync(string name) => FindLayerAsync(name, cancellationToken);
    }

    private async Task TakeAsync(string name, long size, Stream content, CancellationToken cancellationToken)
    {
        var isBlob = name.StartsWith(Blobs, StringComparison.Ordinal);
        if (isBlob || name.EndsWith(".tar", StringComparison.Ordinal))
        {
            var peeked = await PeekedStream.OpenAsync(content, cancellationToken);
            if (isBlob && size <= ImageConfigDocument.MaxBytes && peeked.Start.Span is [(byte)'{', ..])
                _documents[name] = await DocumentAsync(peeked, size, cancellationToken);
            else
                _layers[name] = await intake.TakeAsync(peeked, DigestOf(name), cancellationToken);
        }
        else if (name.EndsWith(".json", StringComparison.Ordinal) && size <= ImageConfigDocument.MaxBytes)
        {
            _documents[name] = await DocumentAsync(content, size, cancellationToken);
        }
    }

    /// <summary>A small layer may begin like a JSON document; which it is, only the list of layers tells.</summary>
    private async Task<ReadLayer> FindLayerAsync(string name, CancellationToken cancellationToken)
    {
        var found = ExportNames.Follow(ExportNames.Normalize(name), _links);
        if (_layers.TryGetValue(found, out var layer))
            return layer;
        if (!_documents.TryGetValue(found, out var bytes))
            throw new InvalidDataException($"the layer '{Quote.Short(name)}' that it lists is not in it");
        var content = await PeekedStream.OpenAsync(new MemoryStream(bytes), cancellationToken);
        return _layers[found] = await intake.TakeAsync(content, DigestOf(found), cancellationToken);
    }

    private async Task<byte[]> DocumentAsync(Stream content, long size, CancellationToken cancellationToken)
    {
        _documentBytes += size;
        if (_documentBytes > MostDocumentBytes || _documents.Count == MostDocuments)
            throw new InvalidDataException("it has more JSON documents than an image needs");
        var bytes = new byte[size];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static Digest? DigestOf(string name) =>
        name.StartsWith(Blobs, StringComparison.Ordinal) && Digest.TryParse($"sha256:{name.AsSpan(Blobs.Length)}", out var digest) ? digest : null;
}
