namespace Berth.Oci.Bundles;

/// <summary>The table of contents of a bundle: what its repositories look like, and which of their content is in it.</summary>
/// <param name="BuildsOn">The bundles, by <see cref="BundleFile.Id"/>, that brought what is <paramref name="Elsewhere"/>; the earliest first.</param>
/// <param name="Content">What is in this bundle, in the order of the file: manifests, then everything else, each by digest.</param>
/// <param name="Elsewhere">What its manifests need and earlier bundles brought, by digest.</param>
/// <param name="Absent">What its manifests name and the registry that it was made of did not have either, by digest.</param>
public sealed record BundleContents(
    IReadOnlyList<Digest> BuildsOn,
    IReadOnlyList<BundleRepository> Repositories,
    IReadOnlyList<BundlePak> Paks,
    IReadOnlyList<BundleContent> Content,
    IReadOnlyList<BundleContent> Elsewhere,
    IReadOnlyList<Digest> Absent)
{
    public const string Format = "berth-bundle/1";

    /// <summary>In bytes; a table of some hundred thousand blobs.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The bytes as they stand in a bundle. The same contents give the same bytes.</summary>
    public byte[] ToBytes() => BundleDocument.Write(this);

    /// <exception cref="BundleException">They are no table of contents, or contradict themselves.</exception>
    public static BundleContents Parse(ReadOnlySpan<byte> utf8) => BundleDocument.Read(utf8);
}

/// <param name="Manifests">By digest.</param>
/// <param name="Tags">By name.</param>
public sealed record BundleRepository(RepositoryName Name, IReadOnlyList<BundleManifest> Manifests, IReadOnlyList<BundleTag> Tags);

/// <param name="Size">In bytes.</param>
/// <param name="Subject">What it refers to.</param>
public sealed record BundleManifest(Digest Digest, string MediaType, long Size, BundleRole Role, Digest? Subject, string? ArtifactType);

public sealed record BundleTag(Tag Name, Digest Digest);

/// <summary>A management pack as a file, and the image that it names.</summary>
/// <param name="Digest">Of the file, which is among the bundle's content.</param>
/// <param name="Size">In bytes.</param>
public sealed record BundlePak(string FileName, Digest Digest, long Size, RepositoryName Repository, Digest Image);

/// <param name="Size">In bytes.</param>
public readonly record struct BundleContent(Digest Digest, long Size);

/// <summary>Why a manifest is in a bundle.</summary>
public enum BundleRole
{
    /// <summary>It has a tag, or nothing else in its repository names it.</summary>
    Root,

    /// <summary>An index lists it.</summary>
    Child,

    /// <summary>It refers to another one: a signature, a management pack.</summary>
    Referrer,
}
