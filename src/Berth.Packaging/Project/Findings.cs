using System.Globalization;

namespace Berth.Packaging.Project;

/// <summary>Collects what is found in a project: what keeps it from being built, and what its author may want to know.</summary>
/// <remarks>Bounded: a file that is wrong in every line must not fill the memory, and nobody reads beyond the first lines.</remarks>
internal sealed class Findings
{
    internal const int Most = 1000;

    private readonly List<string> _problems = [];
    private readonly List<string> _notes = [];
    private int _moreProblems;
    private int _moreNotes;

    public bool HasProblems => _problems.Count > 0;

    /// <summary>Set when the manifest names another adapter kind than describe.xml; it is among the problems, too.</summary>
    public AdapterKindMismatch? KindMismatch { get; private set; }

    public bool IsKindMismatchAlone => KindMismatch is not null && _problems.Count == 1;

    public void Problem(string text) => Add(_problems, text, ref _moreProblems);

    public void Problem(string file, string text) => Problem($"{file}: {text}");

    public void Problem(string file, int line, string text) => Problem(Located(file, line, text));

    public void Problem(AdapterKindMismatch mismatch)
    {
        KindMismatch = mismatch;
        Problem(mismatch.ToString());
    }

    public void Note(string text) => Add(_notes, text, ref _moreNotes);

    public void Note(string file, int line, string text) => Note(Located(file, line, text));

    public ProjectReport ToReport() => new(WithRest(_problems, _moreProblems, "problems"), WithRest(_notes, _moreNotes, "notes"));

    /// <exception cref="PackException">There is a problem.</exception>
    public void ThrowIfProblems()
    {
        if (HasProblems)
            throw new PackException(PackFailure.Validation, ToReport().Problems) { KindMismatch = IsKindMismatchAlone ? KindMismatch : null };
    }

    private static string Located(string file, int line, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}: line {line}: {text}");

    private static void Add(List<string> list, string text, ref int more)
    {
        if (list.Count < Most)
            list.Add(text);
        else
            more++;
    }

    private static List<string> WithRest(List<string> list, int more, string what) =>
        more == 0 ? [.. list] : [.. list, string.Create(CultureInfo.InvariantCulture, $"and {more} more {what}, which are not listed")];
}
