namespace Berth.Oci;

/// <summary>What a manifest is asked for by: a tag or a digest (the <c>&lt;reference&gt;</c> of the distribution specification).</summary>
public readonly record struct ManifestReference
{
    private ManifestReference(Tag? tag, Digest? digest)
    {
        Tag = tag;
        Digest = digest;
    }

    public Tag? Tag { get; }

    public Digest? Digest { get; }

    public static ManifestReference To(Tag tag) => new(tag, null);

    public static ManifestReference To(Digest digest) => new(null, digest);

    /// <summary>A text with a colon can only be a digest, one without only a tag.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ManifestReference reference)
    {
        reference = default;
        if (text.Contains(':'))
        {
            if (!Oci.Digest.TryParse(text, out var digest))
                return false;
            reference = To(digest);
            return true;
        }

        if (!Oci.Tag.TryParse(text, out var tag))
            return false;
        reference = To(tag);
        return true;
    }

    public override string ToString() => Tag?.ToString() ?? Digest?.ToString() ?? "";
}
