using System.Text;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Init;

/// <summary>What is wrong with an answer; null: nothing.</summary>
internal static class AnswerRules
{
    private const int MaxLine = 200;

    public static string? Line(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLine)
            return $"1 to {MaxLine} characters are expected";
        var isLine = !text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar);
        return isLine ? null : "one line without control characters is expected";
    }

    public static string? Key(string text) =>
        AdapterKind.IsValid(text) ? null : $"letters, digits and '_' are expected, not starting with a digit, at most {AdapterKind.MaxLength}";

    /// <summary>Nothing is an answer: a build can name the repository, too.</summary>
    public static string? Repository(string text) =>
        text.Length == 0 || Reference.TryParseRepository(text, out _, out var problem) ? null : problem;

    public static string? Eula(ProjectFile file)
    {
        var findings = new Findings();
        return file.Text(findings) switch
        {
            null => "is not UTF-8",
            var text when string.IsNullOrWhiteSpace(text) => "is blank; leave the flag away when there is no licence text",
            _ => null,
        };
    }

    /// <summary>The name without what no key may have; one that begins with a digit gets a word before it.</summary>
    /// <returns>Null when nothing is left.</returns>
    public static string? KeyFrom(string name)
    {
        var letters = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        var key = letters is [>= '0' and <= '9', ..] ? $"Adapter{letters}" : letters;
        return AdapterKind.IsValid(key) ? key : null;
    }
}
