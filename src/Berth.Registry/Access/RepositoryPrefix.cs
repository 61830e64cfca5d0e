using Berth.Oci;

namespace Berth.Registry.Access;

/// <summary>Repositories by the beginning of their names: <c>team</c> is the repository of that name and all below it, <c>*</c> is all.</summary>
public readonly record struct RepositoryPrefix
{
    private const string Everything = "*";

    private readonly string _text;

    private RepositoryPrefix(string text) => _text = text;

    public bool IsEverything => _text is Everything;

    public static bool TryParse(string text, out RepositoryPrefix prefix)
    {
        prefix = new RepositoryPrefix(text.TrimEnd('/'));
        return text is Everything || RepositoryName.TryParse(prefix._text, out _);
    }

    public bool Covers(RepositoryName repository)
    {
        var name = repository.ToString();
        return IsEverything
            || (name.StartsWith(_text, StringComparison.Ordinal) && (name.Length == _text.Length || name[_text.Length] == '/'));
    }

    public override string ToString() => _text;
}
