namespace Berth.Packaging.Project;

/// <summary>The key of an adapter: letters, digits and '_', since it becomes a directory, a file name and a key of the platform.</summary>
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
