using System.Text;

namespace Berth.Packaging.Init;

/// <summary>Writes the new project's names where the template has its own.</summary>
/// <remarks>
/// The template is a project of its own that is built and tested, so it has names and no marks to be filled in. They are told apart by
/// their spelling: the key in one word, what is derived from it in small letters, and the name that people see.
/// </remarks>
internal sealed class TemplateNames
{
    private const string TemplateKey = "HostWatch";
    private const string TemplateName = "Host Watch";
    private const string TemplateRepository = "registry.example.com/team/hostwatch";

    private static readonly string[] Words =
    [
        "System", "Microsoft", "Windows", "netstandard", "mscorlib", "abstract", "as", "async", "await", "base", "bool", "break", "byte", "case",
        "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "field", "file", "finally", "fixed", "float", "for", "foreach", "global", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params",
        "private", "protected", "public", "readonly", "record", "ref", "required", "return", "sbyte", "scoped", "sealed", "short", "sizeof",
        "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe",
        "ushort", "using", "var", "virtual", "void", "volatile", "while",
    ];

    private readonly InitAnswers _answers;

    /// <summary>Namespace and executable: the key, unless it already means something to the compiler.</summary>
    private readonly string _identifier;

    public TemplateNames(InitAnswers answers, ProjectTemplate template)
    {
        _answers = answers;
        var taken = template.Files.Where(file => file.StartsWith("adapter/", StringComparison.Ordinal))
            .SelectMany(file => file.Split('/')).Select(Path.GetFileNameWithoutExtension).Concat(Words);
        _identifier = taken.Contains(answers.Key, StringComparer.OrdinalIgnoreCase) ? $"{answers.Key}Pack" : answers.Key;
    }

    public string InPath(string path) => path.StartsWith("adapter/", StringComparison.Ordinal)
        ? path.Replace(TemplateKey, _identifier, StringComparison.Ordinal)
        : path.Replace(TemplateKey, _answers.Key, StringComparison.Ordinal)
            .Replace(Small(TemplateKey), Small(_answers.Key), StringComparison.Ordinal);

    public byte[] InText(string path, byte[] content)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(content));
        // The longer before what is a part of it.
        text.Replace(TemplateRepository, _answers.Repository ?? $"registry.example.com/team/{Small(_identifier)}");
        text.Replace($"\"{TemplateKey}\"", $"\"{_answers.Key}\"").Replace($"iSDK_{TemplateKey}", $"iSDK_{_answers.Key}");
        text.Replace($"{TemplateKey}_1.", $"{_answers.Key}_1.").Replace($"{Small(TemplateKey)}_", $"{Small(_answers.Key)}_");
        text.Replace(TemplateKey, _identifier).Replace(Small(TemplateKey), Small(_identifier));
        text.Replace(TemplateName, path.EndsWith(".cs", StringComparison.Ordinal) ? InLiteral(_answers.Name) : _answers.Name);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string InLiteral(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Small(string text) => text.ToLowerInvariant();
}
