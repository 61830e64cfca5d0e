using System.Text;
using System.Text.RegularExpressions;

namespace Berth.Packaging.Build;

/// <summary>A project's <c>.dockerignore</c>: which files the engine is not sent.</summary>
/// <remarks>
/// As Docker reads it: a pattern a line, <c>*</c> and <c>?</c> within a part of the path, <c>**</c> over any number of parts, <c>#</c> for a
/// comment, <c>!</c> for an exception, a backslash before a character that means itself; the last pattern that matches the path or a
/// directory above it decides.
/// </remarks>
internal sealed class DockerIgnore
{
    public const string FileName = ".dockerignore";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<(Regex Pattern, bool Ignores)> _rules;

    private DockerIgnore(IReadOnlyList<(Regex Pattern, bool Ignores)> rules) => _rules = rules;

    /// <summary>Whether something below an ignored directory may be wanted all the same.</summary>
    public bool HasExceptions => _rules.Any(rule => !rule.Ignores);

    /// <summary>The project's, which need not have one.</summary>
    /// <exception cref="PackException">A pattern is malformed.</exception>
    public static DockerIgnore Read(string project)
    {
        var file = Path.Combine(project, FileName);
        return Parse(File.Exists(file) ? File.ReadAllText(file) : "");
    }

    /// <exception cref="PackException">A pattern is malformed.</exception>
    public static DockerIgnore Parse(string text)
    {
        var rules = new List<(Regex, bool)>();
        foreach (var (number, line) in text.TrimStart('\uFEFF').Split('\n').Index())
        {
            if (line.StartsWith('#'))
                continue;
            var pattern = line.Trim();
            var ignores = !pattern.StartsWith('!');
            pattern = Clean(ignores ? pattern : pattern[1..].Trim());
            if (pattern.Length > 0)
                rules.Add((Compile(pattern, number + 1), ignores));
        }

        return new DockerIgnore(rules);
    }

    /// <param name="path">Below the project, with slashes.</param>
    public bool IsIgnored(string path)
    {
        var ignored = false;
        foreach (var (pattern, ignores) in _rules)
        {
            if (ignores != ignored && pattern.IsMatch(path))
                ignored = ignores;
        }

        return ignored;
    }

    private static string Clean(string pattern) =>
        string.Join('/', pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not "."));

    private static Regex Compile(string pattern, int line)
    {
        try
        {
            // Not the backtracking engine: a pattern is somebody's text, and a path may be long.
            return new Regex(Expression(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw new PackException(PackFailure.Validation, $"{FileName}, line {line}: '{pattern}' is no pattern", e);
        }
    }

    private static string Expression(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.StartsWith("**/"))
                (i, _) = (i + 2, expression.Append("(.*/)?"));
            else if (rest.StartsWith("**"))
                (i, _) = (i + 1, expression.Append(".*"));
            else if (rest[0] is '[' && rest.IndexOf(']') is > 1 and var end)
                (i, _) = (i + end, expression.Append('[').Append(Escape(rest[1..end])).Append(']'));
            else if (rest is ['\\', var literal, ..])
                (i, _) = (i + 1, expression.Append(Regex.Escape(literal.ToString())));
            else
                expression.Append(rest[0] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
        }

        return expression.Append("(/.*)?$").ToString();
    }

    private static string Escape(ReadOnlySpan<char> set) => set.ToString().Replace("[", "\\[", StringComparison.Ordinal);
}
