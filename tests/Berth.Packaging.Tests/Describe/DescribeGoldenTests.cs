using System.Text.Json.Nodes;
using Berth.Packaging.Describe;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Describe;

/// <summary>Definitions, and what becomes of them byte for byte. What differs there makes every upgrade differ.</summary>
public sealed class DescribeGoldenTests : IDisposable
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Describe", "Golden");

    private readonly TempDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("worked-example")]
    [InlineData("schema-zero")]
    [InlineData("special-characters")]
    [InlineData("groups-and-types")]
    [InlineData("fragments")]
    public void A_definition_gives_exactly_the_known_files_each_time(string name)
    {
        for (var run = 0; run < 2; run++)
        {
            var describe = Write(name);

            Assert.Equal(File.ReadAllBytes(Path.Combine(Golden, $"{name}.xml")), describe.Xml);
            Assert.Equal(File.ReadAllBytes(Path.Combine(Golden, $"{name}.properties")), describe.Properties);
        }
    }

    [Theory]
    [InlineData("worked-example")]
    [InlineData("schema-zero")]
    [InlineData("special-characters")]
    [InlineData("groups-and-types")]
    public void What_it_gives_is_valid_and_fulfils_the_rules(string name)
    {
        var describe = Write(name);
        var findings = new Findings();
        _project.Write("conf/describeSchema.xsd", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "describeSchema.xsd")));

        var document = DescribeSchema.Load(_project.FullPath, findings)?.Validate(describe.Xml, "d.xml", findings);

        new DescribeRules(document!, "its labels", describe.LabelKeys, findings).Check(null);
        Assert.Empty(findings.ToReport().Problems);
    }

    [Theory]
    [InlineData("special-characters")]
    [InlineData("fragments")]
    public void Its_labels_can_be_read_again(string name)
    {
        var describe = Write(name);
        var findings = new Findings();
        _project.Write("resources.properties", describe.Properties);

        var read = PropertiesFile.Read(_project.FullPath, "resources.properties", findings)!;

        Assert.Empty(findings.ToReport().Problems);
        Assert.Superset(describe.LabelKeys.ToHashSet(), read.Keys.ToHashSet());
    }

    private static GeneratedDescribe Write(string name)
    {
        var fragments = new List<DescribeFragment>();
        if (Directory.Exists(Path.Combine(Golden, name)))
            fragments.AddRange(ReadFragments(Path.Combine(Golden, name)));
        return Definitions.Write(JsonNode.Parse(File.ReadAllText(Path.Combine(Golden, $"{name}.json")))!, fragments);
    }

    private static IReadOnlyList<DescribeFragment> ReadFragments(string directory)
    {
        using var project = new TempDirectory();
        foreach (var file in Directory.EnumerateFiles(directory))
            project.Write($"conf/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        return DescribeFragments.Read(project.FullPath, new Findings());
    }
}
