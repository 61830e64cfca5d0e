using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

public static class ProjectChoice
{
    /// <summary>The directory that was given, else the current one; where that is no project, the person is asked.</summary>
    /// <param name="given">As on the command line: never replaced by another, so that a mistake in it is said.</param>
    /// <returns>Null for the current directory.</returns>
    public static string? Find(string? given, string? home, IPackQuestions questions, Action<string> note) =>
        given is null && !File.Exists(PackManifest.FileName) ? questions.Project(UserSettings.Read(home, note).Projects) : given;
}
