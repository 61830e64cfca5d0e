using System.Text;

namespace Berth.Oci.Client;

/// <summary>Reads challenges one by one. Lenient where registries are: values without quotes, stray commas, any case.</summary>
/// <remarks>Each character is looked at twice at most, and the text is bounded, so a hostile header costs nothing.</remarks>
internal ref struct AuthChallengeReader(ReadOnlySpan<char> text)
{
    public const int MostChallenges = 8;
    private const int LongestHeader = 8 * 1024;
    private const int MostParameters = 16;

    private ReadOnlySpan<char> _rest = text.Length <= LongestHeader ? text : default;

    public bool TryRead(out ReadOnlySpan<char> scheme, out Dictionary<string, string> parameters)
    {
        parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        _rest = _rest.TrimStart(" \t,");
        scheme = ReadWord();
        if (scheme.IsEmpty)
            return false;
        while (TryReadParameter(out var name, out var value))
        {
            // The first one counts: a second realm must not take the place of the one that was checked.
            if (parameters.Count < MostParameters)
                parameters.TryAdd(name, value);
        }

        return true;
    }

    private bool TryReadParameter(out string name, out string value)
    {
        var start = _rest;
        name = value = "";
        _rest = _rest.TrimStart(" \t,");
        var word = ReadWord();
        _rest = _rest.TrimStart(" \t");
        if (word.IsEmpty || _rest is not ['=', ..])
        {
            // A word without '=' is the scheme of the next challenge.
            _rest = start;
            return false;
        }

        name = word.ToString();
        _rest = _rest[1..].TrimStart(" \t");
        return _rest is ['"', ..] ? TryReadQuoted(out value) : TryReadBare(out value);
    }

    private bool TryReadBare(out string value)
    {
        var end = _rest.IndexOfAny(" \t,");
        value = (end < 0 ? _rest : _rest[..end]).ToString();
        _rest = end < 0 ? default : _rest[end..];
        return true;
    }

    private bool TryReadQuoted(out string value)
    {
        var unquoted = new StringBuilder();
        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] is '"')
            {
                value = unquoted.ToString();
                _rest = _rest[(i + 1)..];
                return true;
            }

            if (_rest[i] is '\\' && ++i == _rest.Length)
                break;
            unquoted.Append(_rest[i]);
        }

        value = "";
        _rest = default;
        return false;
    }

    private ReadOnlySpan<char> ReadWord()
    {
        var end = _rest.IndexOfAny(" \t,=\"");
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }
}
