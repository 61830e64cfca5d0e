using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>Every XML file in conf/ but describe.xml.</summary>
internal static class DescribeFragments
{
    private const string DescribeFile = "describe.xml";
    private const int MaxMebibytes = 16;

    /// <returns>In ordinal order of the names. What is no well-formed XML is among the findings, and not here.</returns>
    public static IReadOnlyList<DescribeFragment> Read(string project, Findings findings)
    {
        var fragments = new List<DescribeFragment>();
        foreach (var name in Names(project))
        {
            if (ProjectFile.Read(project, name, MaxMebibytes, findings) is { } file && ProjectXml.Load(file, findings) is { } xml)
                fragments.Add(DescribeFragment.Of(new DescribeDocument(xml, name), findings));
        }

        return fragments;
    }

    public static void NoteIgnored(string project, Findings findings)
    {
        foreach (var name in Names(project))
            findings.Note($"{name} is not added to describe.xml: conf/{DescribeFile} is there and is used as it is");
    }

    private static IEnumerable<string> Names(string project) => Directory.EnumerateFiles(Path.Combine(project, "conf"), "*.xml")
        .Select(Path.GetFileName).OfType<string>()
        .Where(name => name != DescribeFile && name[0] != '.')
        .Order(StringComparer.Ordinal)
        .Select(name => $"conf/{name}");
}
