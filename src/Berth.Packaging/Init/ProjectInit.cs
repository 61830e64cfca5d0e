using System.Text;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Init;

/// <summary>Makes a new project out of a template, wholly or not at all.</summary>
public sealed class ProjectInit(ProjectTemplate template, IInitQuestions questions)
{
    private const string NoEula = "There is no end-user licence agreement for this management pack.\n";

    private static readonly string[] Binary = [".png"];

    /// <returns>Full path of the project's directory.</returns>
    /// <exception cref="PackException">There is no new project; what was made of it is gone.</exception>
    public async Task<string> RunAsync(InitOptions options, CancellationToken cancellationToken)
    {
        var directory = EmptyDirectory(options.Directory);
        var answers = InitAnswers.Collect(options, questions);
        using var files = new NewFiles(directory);
        try
        {
            Write(answers, files, cancellationToken);
            Check(directory);
            if (options.Git)
                await MakeRepositoryAsync(directory, files, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Usage, $"{directory} cannot be written: {e.Message}", e);
        }

        files.Keep();
        return directory;
    }

    private static string EmptyDirectory(string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
            throw new PackException(PackFailure.Usage, "DIR names no directory; leave it away for the current one");
        var directory = Path.GetFullPath(path);
        if (File.Exists(directory))
            throw new PackException(PackFailure.Usage, $"{directory} is a file; name a directory that is not there yet");
        if (!Directory.Exists(directory))
            return directory;
        try
        {
            return Directory.EnumerateFileSystemEntries(directory).FirstOrDefault() is not { } first
                ? directory
                : throw new PackException(
                    PackFailure.Usage,
                    $"{directory} is not empty: it has {Quote.Short(Path.GetFileName(first))}; name an empty directory, or a new one");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PackException(PackFailure.Usage, $"{directory} cannot be read: {e.Message}", e);
        }
    }

    private void Write(InitAnswers answers, NewFiles files, CancellationToken cancellationToken)
    {
        var names = new TemplateNames(answers, template);
        foreach (var file in template.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var content = OfAnswers(file, answers) ?? template.Read(file);
            if (!Binary.Contains(Path.GetExtension(file)) && file != "eula.txt")
                content = names.InText(file, content);
            files.Write(names.InPath(file), content, isExecutable: file.EndsWith(".sh", StringComparison.Ordinal));
        }
    }

    /// <returns>Null: as the template has it.</returns>
    private byte[]? OfAnswers(string file, InitAnswers answers) => file switch
    {
        "eula.txt" => answers.Eula?.Bytes ?? Encoding.UTF8.GetBytes(NoEula),
        "icon.png" => answers.Icon?.Bytes,
        "resources/resources.properties" => Labels(answers),
        PackConfig.FileName when answers.Repository is { } repository => Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(template.Read(file))
                .Replace("\"container_repository\": null", $"\"container_repository\": \"{repository}\"", StringComparison.Ordinal)),
        _ => null,
    };

    private static byte[] Labels(InitAnswers answers)
    {
        var labels = new StringBuilder();
        foreach (var (key, text) in new[] { ("DISPLAY_NAME", answers.Name), ("DESCRIPTION", answers.Description), ("VENDOR", answers.Vendor) })
            labels.Append(key).Append('=').Append(text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal)).Append('\n');
        return Encoding.UTF8.GetBytes(labels.ToString());
    }

    private static void Check(string directory)
    {
        var problems = ProjectCheck.Run(directory).Problems;
        if (problems.Count > 0)
            throw new PackException(PackFailure.Validation, problems);
    }

    private static async Task MakeRepositoryAsync(string directory, NewFiles files, CancellationToken cancellationToken)
    {
        files.Own(".git");
        await GitCommand.RunAsync(directory, ["init", "--quiet"], cancellationToken);
        await GitCommand.RunAsync(directory, ["add", "--all"], cancellationToken);
        await GitCommand.RunAsync(directory, ["commit", "--quiet", "--message", "New management pack"], cancellationToken);
    }
}
