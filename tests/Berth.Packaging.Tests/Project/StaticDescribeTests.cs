using Berth.Packaging.Project;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Project;

/// <summary>A project that brings its own describe.xml.</summary>
public sealed class StaticDescribeTests : IDisposable
{
    private readonly ProjectDirectory _project = new();

    public StaticDescribeTests()
    {
        _project.Write("conf/describe.xml", StaticDescribe.Xml());
        _project.Write("conf/resources/resources.properties", StaticDescribe.Labels);
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void One_that_is_right_is_taken()
    {
        Assert.Equal("MyAdapter", PackProject.Open(_project.FullPath).Manifest.AdapterKind);
    }

    [Fact]
    public void Fragments_beside_it_are_a_note()
    {
        _project.Write("conf/more.xml", "no XML at all");

        var report = ProjectCheck.Run(_project.FullPath);

        Assert.Empty(report.Problems);
        Assert.Equal("conf/more.xml is not added to describe.xml: conf/describe.xml is there and is used as it is", Assert.Single(report.Notes));
    }

    [Fact]
    public void A_label_that_is_missing_is_named_with_its_line_and_file()
    {
        _project.Write("conf/resources/resources.properties", "1 = Mine\n");

        Assert.Equal(
            "conf/describe.xml: line 2: nameKey 2 has no label; add a line '2 = …' to conf/resources/resources.properties",
            Assert.Single(ProjectCheck.Run(_project.FullPath).Problems));
    }

    [Fact]
    public void Another_adapter_kind_alone_can_be_accepted()
    {
        _project.Write("conf/describe.xml", StaticDescribe.Xml(key: "Other"));

        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath));

        Assert.Equal(new AdapterKindMismatch("MyAdapter", "Other", "conf/describe.xml"), e.KindMismatch);
        Assert.Contains("the adapter's key is 'Other', but adapter_kinds in manifest.txt names 'MyAdapter'", e.Message, StringComparison.Ordinal);

        ManifestEdit.SetAdapterKind(_project.FullPath, e.KindMismatch!.Describe);
        Assert.Equal("Other", PackProject.Open(_project.FullPath).Manifest.AdapterKind);
    }

    [Fact]
    public void Another_adapter_kind_among_other_problems_is_one_of_them()
    {
        _project.Write("conf/describe.xml", StaticDescribe.Xml(key: "Other"));
        File.Delete(_project.Path("Dockerfile"));

        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath));

        Assert.Null(e.KindMismatch);
        Assert.Equal(2, e.Problems.Count);
    }

    [Theory]
    [InlineData("MyAdapter_1.2.2.pak", 3, true)]
    [InlineData("MyAdapter_1.2.2.pak", 2, true)]
    [InlineData("MyAdapter_1.2.2.pak", 4, false)]
    [InlineData("MyAdapter_1.2.3.pak", 4, false)]
    [InlineData("MyAdapter_2.0.0.pak", 4, true)]
    [InlineData("MyAdapter_More_1.0.0.pak", 4, true)]
    [InlineData("Other_1.0.0.pak", 4, true)]
    public void Its_version_is_not_lower_than_that_of_an_earlier_pak(string pak, int earlier, bool isRight)
    {
        Pak(pak, earlier);

        var problems = ProjectCheck.Run(_project.FullPath).Problems;

        if (isRight)
            Assert.Empty(problems);
        else
            Assert.StartsWith(
                $"conf/describe.xml: line 1: its version is 3, but that of the describe.xml in build/{pak} is 4; raise it to 4 at least",
                Assert.Single(problems),
                StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_earlier_pak_counts()
    {
        Pak("MyAdapter_1.2.0.pak", 9);
        Pak("MyAdapter_1.0.10.pak", 7);
        Pak("MyAdapter_1.0.9.pak", 8);

        Assert.Contains("build/MyAdapter_1.2.0.pak is 9", Assert.Single(ProjectCheck.Run(_project.FullPath).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_pak_that_cannot_be_read_is_a_note()
    {
        _project.Write("build/MyAdapter_1.0.0.pak", "no zip");

        var report = ProjectCheck.Run(_project.FullPath);

        Assert.Empty(report.Problems);
        Assert.StartsWith("build/MyAdapter_1.0.0.pak is not compared with: ", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    private void Pak(string name, int version) => _project.Write(
        $"build/{name}",
        TestPak.Zip(("adapter.zip", TestPak.Zip(("MyAdapter/conf/describe.xml", System.Text.Encoding.UTF8.GetBytes(StaticDescribe.Xml(version: version)))))));
}
