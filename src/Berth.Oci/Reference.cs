using System.Diagnostics.CodeAnalysis;

namespace Berth.Oci;

/// <summary>Names an image in a registry: <c>host/path[:tag][@digest]</c>.</summary>
/// <remarks>
/// The distribution reference grammar with docker's reading of short names: what stands before the first slash is a host if it has
/// a dot, a colon or an upper-case letter or is <c>localhost</c>; else the host is <c>docker.io</c>, where a path of one part gets
/// <c>library/</c> in front.
/// </remarks>
public sealed record Reference(RegistryHost Registry, RepositoryName Repository, Tag? Tag = null, Digest? Digest = null)
{
    /// <summary>The longest <c>host/path</c>, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary><c>host/path</c> without tag and digest.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>What to ask the registry for: the digest if there is one, else the tag, else <c>latest</c>.</summary>
    public ManifestReference Target => Digest is { } digest ? ManifestReference.To(digest) : ManifestReference.To(Tag ?? Latest);

    private static Tag Latest { get; } = Oci.Tag.Parse("latest");

    /// <param name="problem">What is wrong and what to write instead, for the person who wrote it; null on success.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out Reference? reference, [NotNullWhen(false)] out string? problem)
    {
        problem = ReferenceText.Read(text, out reference);
        return reference is not null && problem is null;
    }

    /// <summary>Reads a repository: <c>host/path</c> alone. A URL, a tag, a digest and capital letters are refused.</summary>
    /// <inheritdoc cref="TryParse" path="/param"/>
    public static bool TryParseRepository(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out Reference? reference, [NotNullWhen(false)] out string? problem)
    {
        problem = ReferenceText.ReadRepository(text, out reference);
        return reference is not null && problem is null;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is no reference.</exception>
    public static Reference Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var reference, out var problem) ? reference : throw new FormatException(problem);

    /// <summary>The same repository at a tag and nothing else.</summary>
    public Reference Tagged(Tag tag) => this with { Tag = tag, Digest = null };

    /// <summary>The same repository at a digest and nothing else.</summary>
    public Reference At(Digest digest) => this with { Tag = null, Digest = digest };

    public override string ToString() => (Tag, Digest) switch
    {
        ({ } tag, { } digest) => $"{Name}:{tag}@{digest}",
        ({ } tag, null) => $"{Name}:{tag}",
        (null, { } digest) => $"{Name}@{digest}",
        _ => Name,
    };
}
