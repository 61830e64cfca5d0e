using System.Diagnostics.CodeAnalysis;

namespace Berth.Oci;

/// <summary>A tag: <c>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}</c> (OCI distribution specification 1.1, "Pulling manifests").</summary>
/// <remarks>Compared as text, so case matters; <c>default</c> is no tag and its members throw.</remarks>
public readonly struct Tag : IEquatable<Tag>, ISpanParsable<Tag>
{
    public const int MaxLength = 128;

    private readonly string? _text;

    private Tag(string text) => _text = text;

    private string Text => _text ?? throw new InvalidOperationException("This tag was never given a value.");

    public static bool TryParse(ReadOnlySpan<char> text, out Tag tag)
    {
        tag = default;
        if (text.Length is 0 or > MaxLength || text[0] is '.' or '-')
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
                return false;
        }

        tag = new Tag(text.ToString());
        return true;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is no tag.</exception>
    public static Tag Parse(ReadOnlySpan<char> text) => TryParse(text, out var tag)
        ? tag
        : throw new FormatException($"'{Quote.Short(text)}' is not a tag: letters, digits, '_', '.', '-', not starting with '.' or '-', at most {MaxLength} characters.");

    public static bool operator ==(Tag left, Tag right) => left.Equals(right);

    public static bool operator !=(Tag left, Tag right) => !left.Equals(right);

    public bool Equals(Tag other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Tag other && Equals(other);

    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal);

    public override string ToString() => Text;

    static Tag ISpanParsable<Tag>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<Tag>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Tag result) => TryParse(s, out result);

    static Tag IParsable<Tag>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Tag>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Tag result) => TryParse(s, out result);
}
