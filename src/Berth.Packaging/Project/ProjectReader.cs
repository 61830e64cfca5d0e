namespace Berth.Packaging.Project;

/// <summary>Reads and checks a project, so that all that is wrong with it is known before anything is built.</summary>
/// <param name="builds">Whether an image is to be built of it.</param>
internal sealed class ProjectReader(string directory, Findings findings, bool builds = true)
{
    /// <returns>Null when its manifest cannot be used; there are findings then.</returns>
    public PackProject? Read()
    {
        var manifest = ManifestReader.Read(directory, findings);
        var config = PackConfig.Read(directory, findings);
        ProjectLayout.Check(directory, findings, builds);
        new RootFileCheck(directory, findings).Check(manifest);
        new ContentCheck(directory, findings).Check();
        new DescribeCheck(directory, findings).Check(manifest);
        return manifest is null ? null : new PackProject(directory, manifest, config);
    }
}
