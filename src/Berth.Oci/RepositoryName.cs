using System.Diagnostics.CodeAnalysis;

namespace Berth.Oci;

/// <summary>The name of a repository: lower-case path components joined by slashes, at most 255 characters.</summary>
/// <remarks>
/// OCI distribution specification 1.1, "Pulling manifests": <c>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*</c> for each component. Parsed
/// by hand because that expression backtracks without bound in a regular-expression engine that is not an automaton. Compared
/// as text; <c>default</c> is no name and its members throw.
/// </remarks>
public readonly struct RepositoryName : IEquatable<RepositoryName>, ISpanParsable<RepositoryName>
{
    public const int MaxLength = 255;

    private readonly string? _text;

    private RepositoryName(string text) => _text = text;

    private string Text => _text ?? throw new InvalidOperationException("This repository name was never given a value.");

    public static bool TryParse(ReadOnlySpan<char> text, out RepositoryName name)
    {
        name = default;
        if (text.Length is 0 or > MaxLength)
            return false;
        foreach (var component in text.Split('/'))
        {
            if (!IsComponent(text[component]))
                return false;
        }

        name = new RepositoryName(text.ToString());
        return true;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is no repository name.</exception>
    public static RepositoryName Parse(ReadOnlySpan<char> text) => TryParse(text, out var name)
        ? name
        : throw new FormatException(
            $"'{Quote.Short(text)}' is not a repository name: lower-case letters, digits and single separators . _ - between them, parts joined by '/', at most {MaxLength} characters.");

    public static bool operator ==(RepositoryName left, RepositoryName right) => left.Equals(right);

    public static bool operator !=(RepositoryName left, RepositoryName right) => !left.Equals(right);

    public bool Equals(RepositoryName other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is RepositoryName other && Equals(other);

    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal);

    public override string ToString() => Text;

    static RepositoryName ISpanParsable<RepositoryName>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<RepositoryName>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out RepositoryName result) =>
        TryParse(s, out result);

    static RepositoryName IParsable<RepositoryName>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<RepositoryName>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RepositoryName result) =>
        TryParse(s, out result);

    private static bool IsComponent(ReadOnlySpan<char> component)
    {
        var afterAlphanumeric = false;
        for (var i = 0; i < component.Length;)
        {
            if (IsAlphanumeric(component[i]))
            {
                afterAlphanumeric = true;
                i++;
                continue;
            }

            var separator = SeparatorLength(component[i..]);
            if (!afterAlphanumeric || separator == 0)
                return false;
            afterAlphanumeric = false;
            i += separator;
        }

        return afterAlphanumeric;
    }

    /// <summary>Length of the separator that <paramref name="text"/> starts with: one dot, one or two underscores, any number of dashes.</summary>
    private static int SeparatorLength(ReadOnlySpan<char> text) => text[0] switch
    {
        '.' => 1,
        '_' => text is ['_', '_', ..] ? 2 : 1,
        '-' => text.IndexOfAnyExcept('-') is var end and >= 0 ? end : text.Length,
        _ => 0,
    };

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
