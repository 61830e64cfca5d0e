namespace Berth.Packaging.Engine;

/// <summary>Puts text of a foreign program into one line of a message: control characters become blanks, long text is cut.</summary>
internal static class OneLine
{
    public static string Of(string? text, int longest = 400)
    {
        var line = string.Create(Math.Min(text?.Length ?? 0, longest), text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source![i]) ? ' ' : source[i];
        });
        return text?.Length > longest ? $"{line}…" : line.Trim();
    }
}
