namespace Berth.Oci.Bundles;

/// <summary>Where everything stands in a bundle. The contents decide all of it.</summary>
/// <remarks>
/// contents · signature · <c>oci-layout</c> · <c>index.json</c> · <c>blobs/ALGORITHM/HEX</c>, in the order of
/// <see cref="BundleContents.Content"/>. The signature has a file of fixed size, which is blank in an unsigned bundle.
/// </remarks>
internal sealed class BundleLayout
{
    public const string ContentsName = "berth/contents.json";

    private readonly Dictionary<Digest, (long Header, long Size)> _places;

    public BundleLayout(BundleContents contents, int contentsSize)
    {
        var index = BundleIndex.Of(contents);
        Contents = new TarEntry(ContentsName, contentsSize);
        Head =
        [
            (Signature, default),
            (new TarEntry("oci-layout", BundleIndex.Layout.Length), BundleIndex.Layout),
            (new TarEntry("index.json", index.Length), index),
        ];
        var position = Next(0, Contents);
        foreach (var (entry, _) in Head)
            position = Next(position, entry);
        _places = new Dictionary<Digest, (long, long)>(contents.Content.Count);
        foreach (var content in contents.Content)
        {
            _places.Add(content.Digest, (position, content.Size));
            position = Next(position, EntryOf(content));
        }

        Length = position + TarEntry.End.Length;
    }

    public static TarEntry Signature { get; } = new("berth/contents.sig", BundleSignature.Size);

    public TarEntry Contents { get; }

    /// <summary>What follows the contents and comes before the first blob; the signature's bytes are not known here.</summary>
    public IReadOnlyList<(TarEntry Entry, ReadOnlyMemory<byte> Bytes)> Head { get; }

    /// <summary>Of the whole file, in bytes.</summary>
    public long Length { get; }

    public static TarEntry EntryOf(BundleContent content) =>
        new($"blobs/{content.Digest.Algorithm.Name()}/{content.Digest.Hex}", content.Size);

    public (long Header, long Size)? Find(Digest digest) => _places.TryGetValue(digest, out var place) ? place : null;

    private static long Next(long position, TarEntry entry) => checked(position + entry.ToHeader().Length + entry.Size + entry.Padding);
}
