namespace Berth.Packaging.Project;

/// <summary>The key of an adapter. It becomes a directory, a file name and a key of the platform, so only letters, digits and '_' are taken.</summary>
internal static class AdapterKind
{
    public const int MaxLength = 128;

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength || char.IsAsciiDigit(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }
}
