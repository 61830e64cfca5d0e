using Berth.Packaging.Describe;

namespace Berth.Packaging.Project;

/// <summary>Checks what the project itself says of its adapter: the schema, a describe.xml, and parts to be added to one.</summary>
internal sealed class DescribeCheck(string project, Findings findings)
{
    private const string StaticName = "conf/describe.xml";
    private const string StaticLabels = "conf/resources/resources.properties";

    /// <param name="manifest">Null when it cannot be used.</param>
    public void Check(PackManifest? manifest)
    {
        if (!Directory.Exists(Path.Combine(project, "conf")))
            return;
        var isStatic = File.Exists(Path.Combine(project, StaticName));
        if (isStatic)
            DescribeFragments.NoteIgnored(project, findings);
        else
            DescribeFragments.Read(project, findings);
        if (!File.Exists(Path.Combine(project, DescribeSchema.Name)) || DescribeSchema.Load(project, findings) is not { } schema || !isStatic)
            return;
        if (ProjectFile.Read(project, StaticName, DescribeSchema.MaxMebibytes, findings) is { } file
            && schema.Validate(file, findings) is { } document)
        {
            var target = manifest is null ? null : new DescribeTarget(project, manifest);
            new DescribeRules(document, StaticLabels, Labels(), findings).Check(target);
        }
    }

    private HashSet<string> Labels() => (File.Exists(Path.Combine(project, StaticLabels))
            ? PropertiesFile.Read(project, StaticLabels, new Findings()) ?? PropertiesFile.Empty
            : PropertiesFile.Empty)
        .Keys.ToHashSet(StringComparer.Ordinal);
}
