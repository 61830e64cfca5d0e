namespace Berth.Packaging.Project;

/// <summary>Checks the files at the project's root that the manifest or the SDK's web server names.</summary>
internal sealed class RootFileCheck(string project, Findings findings)
{
    private const int MaxMebibytes = 16;

    /// <param name="manifest">Null when it cannot be used: then what it names is not known.</param>
    public void Check(PackManifest? manifest)
    {
        if (manifest?.EulaFile is { } eula && Read(eula) is { } text && text.Bytes.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty)
            findings.Problem(eula, "is blank, and the platform takes no blank licence text; a sentence that there is none is enough");
        if (manifest?.Icon is { } icon && Read(icon) is { } image && PngIcon.Problem(image) is { } problem)
            findings.Problem(icon, problem);
        foreach (var script in new[] { manifest?.ValidationScript, manifest?.PreScript, manifest?.PostScript }.OfType<string>().Distinct())
        {
            if (Read(script) is { } file && IsShellScript(file))
                LineEnds(file);
        }

        if (File.Exists(Path.Combine(project, CommandsFile.Name)) && Read(CommandsFile.Name) is { } commands && LineEnds(commands))
            new CommandsFile(commands, findings).Check(definitionNeeded: !File.Exists(Path.Combine(project, "conf", "describe.xml")));
    }

    private ProjectFile? Read(string name) => ProjectFile.Read(project, name, MaxMebibytes, findings);

    private static bool IsShellScript(ProjectFile file) =>
        file.Name.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) || file.Bytes.AsSpan().StartsWith("#!"u8);

    private bool LineEnds(ProjectFile file)
    {
        var at = file.Bytes.AsSpan().IndexOf("\r\n"u8);
        if (at < 0)
            return true;
        findings.Problem(
            file.Name,
            file.LineOf(at),
            $"ends with CR LF, which breaks it on Linux; convert it with 'dos2unix {file.Name}', and keep git from doing so again with"
            + " 'git config core.autocrlf input'");
        return false;
    }
}
