using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Berth.Oci;

/// <summary>A content digest: algorithm, colon, lower-case hexadecimal value.</summary>
/// <remarks>
/// OCI image specification 1.1, descriptor.md, "Digests"; the two registered algorithms are known. Compared as text. The
/// <c>default</c> value is no digest: its members throw, and nothing that parses returns it.
/// </remarks>
public readonly struct Digest : IEquatable<Digest>, ISpanParsable<Digest>, ISpanFormattable
{
    private readonly string? _text;

    private Digest(string text, DigestAlgorithm algorithm)
    {
        _text = text;
        Algorithm = algorithm;
    }

    public DigestAlgorithm Algorithm { get; }

    /// <summary>The hexadecimal part: 64 characters for SHA-256, 128 for SHA-512.</summary>
    public ReadOnlySpan<char> Hex => Text.AsSpan(Algorithm.Name().Length + 1);

    private string Text => _text ?? throw new InvalidOperationException("This digest was never given a value.");

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        var length = algorithm is DigestAlgorithm.Sha512 ? SHA512.HashData(content, hash) : SHA256.HashData(content, hash);
        return FromHash(algorithm, hash[..length]);
    }

    /// <summary>The digest whose hash value is <paramref name="hash"/>.</summary>
    /// <exception cref="ArgumentException">The hash has not the algorithm's length.</exception>
    public static Digest FromHash(DigestAlgorithm algorithm, ReadOnlySpan<byte> hash)
    {
        if (hash.Length * 2 != algorithm.HexLength())
            throw new ArgumentException($"A {algorithm.Name()} hash has {algorithm.HexLength() / 2} bytes, not {hash.Length}.", nameof(hash));
        return new Digest($"{algorithm.Name()}:{Convert.ToHexStringLower(hash)}", algorithm);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        var colon = text.IndexOf(':');
        if (colon < 0 || !DigestAlgorithms.TryParse(text[..colon], out var algorithm))
            return false;
        var hex = text[(colon + 1)..];
        if (hex.Length != algorithm.HexLength() || hex.ContainsAnyExcept(LowerHex))
            return false;
        digest = new Digest(text.ToString(), algorithm);
        return true;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is no digest.</exception>
    public static Digest Parse(ReadOnlySpan<char> text) => TryParse(text, out var digest)
        ? digest
        : throw new FormatException($"'{Quote.Short(text)}' is not a digest: sha256: and 64 lower-case hexadecimal characters are expected.");

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    public bool Equals(Digest other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal);

    public override string ToString() => Text;

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => Text;

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var fits = Text.TryCopyTo(destination);
        charsWritten = fits ? Text.Length : 0;
        return fits;
    }

    static Digest ISpanParsable<Digest>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<Digest>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Digest result) => TryParse(s, out result);

    static Digest IParsable<Digest>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Digest>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Digest result) => TryParse(s, out result);

    private static System.Buffers.SearchValues<char> LowerHex { get; } = System.Buffers.SearchValues.Create("0123456789abcdef");
}
