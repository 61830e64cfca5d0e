using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Init;

/// <summary>All that a new project needs to know, checked.</summary>
/// <param name="Eula">The licence text; null: that there is none.</param>
/// <param name="Icon">The picture; null: that of the template.</param>
/// <param name="Repository">Where the appliance will pull from; null: that is said later.</param>
internal sealed record InitAnswers(
    string Name, string Key, string Description, string Vendor, ProjectFile? Eula, ProjectFile? Icon, string? Repository)
{
    private const int MaxFileMebibytes = 4;

    /// <summary>Options before answers before what can be derived.</summary>
    /// <exception cref="PackException">All that is missing or wrong; each names its flag.</exception>
    public static InitAnswers Collect(InitOptions options, IInitQuestions questions)
    {
        var findings = new Findings();
        var name = Answer("--name", options.Name, "Name that the platform shows", null, AnswerRules.Line);
        // It follows from the name: where that is missing or wrong, it is enough to say that.
        var key = name is null && options.Key is null
            ? null
            : Answer("--key", options.Key, "Key of the adapter", AnswerRules.KeyFrom(name ?? ""), AnswerRules.Key);
        var description = Answer("--description", options.Description, "What it does, in one line", null, AnswerRules.Line);
        var vendor = Answer("--vendor", options.Vendor, "Vendor", null, AnswerRules.Line);
        var eula = ReadFile("--eula", options.Eula, AnswerRules.Eula);
        var icon = ReadFile("--icon", options.Icon, PngIcon.Problem);
        var repository = Answer(
            "--repository", options.Repository, "Repository that the appliance pulls from, as HOST/PATH", "", AnswerRules.Repository);
        if (findings.HasProblems)
            throw new PackException(PackFailure.Usage, findings.ToReport().Problems);
        return new InitAnswers(name!, key!, description!, vendor!, eula, icon, string.IsNullOrEmpty(repository) ? null : repository);

        string? Answer(string flag, string? given, string question, string? suggestion, Func<string, string?> problemOf)
        {
            var answer = given ?? questions.Ask(question, suggestion, problemOf) ?? suggestion;
            if (answer is null)
                findings.Problem($"{flag} is missing: {char.ToLowerInvariant(question[0])}{question[1..]}");
            else if (problemOf(answer) is { } problem)
                findings.Problem($"{flag} '{Quote.Short(answer)}': {problem}");
            else
                return answer;
            return null;
        }

        ProjectFile? ReadFile(string flag, string? path, Func<ProjectFile, string?> problemOf)
        {
            if (path is null)
                return null;
            var problems = new Findings();
            var file = ProjectFile.Read(Environment.CurrentDirectory, path, MaxFileMebibytes, problems);
            if (file is not null && problemOf(file) is { } problem)
                problems.Problem(path, problem);
            foreach (var found in problems.ToReport().Problems)
                findings.Problem($"{flag} {found}");
            return file;
        }
    }
}
