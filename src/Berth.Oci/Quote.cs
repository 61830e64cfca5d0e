using System.Diagnostics.CodeAnalysis;

namespace Berth.Oci;

/// <summary>Puts untrusted text into a message: control characters replaced, long text cut.</summary>
public static class Quote
{
    private const int Longest = 80;

    [SuppressMessage("Naming", "CA1720", Justification = "Not the number type: text that is kept short.")]
    public static string Short(ReadOnlySpan<char> text)
    {
        var cut = text.Length > Longest;
        Span<char> safe = stackalloc char[Longest];
        var shown = text[..Math.Min(text.Length, Longest)];
        for (var i = 0; i < shown.Length; i++)
            safe[i] = char.IsControl(shown[i]) ? '?' : shown[i];
        return cut ? string.Concat(safe[..shown.Length], "…") : safe[..shown.Length].ToString();
    }
}
