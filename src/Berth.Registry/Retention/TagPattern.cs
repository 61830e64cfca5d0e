using Berth.Oci;

namespace Berth.Registry.Retention;

/// <summary>Tags by their form: <c>*</c> is any text, also none, and <c>?</c> any one character.</summary>
public readonly record struct TagPattern
{
    private readonly string _text;

    private TagPattern(string text) => _text = text;

    /// <summary>A text of characters that a tag may have, <c>*</c> and <c>?</c>, not longer than a tag.</summary>
    public static bool TryParse(string text, out TagPattern pattern)
    {
        pattern = new TagPattern(text);
        return text.Length is > 0 and <= Tag.MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '*' or '?');
    }

    public bool Matches(Tag tag) => Matches(_text, tag.ToString());

    public override string ToString() => _text;

    /// <summary>Only the last <c>*</c> is ever tried again: what an earlier one could take, the last one can take too.</summary>
    private static bool Matches(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
