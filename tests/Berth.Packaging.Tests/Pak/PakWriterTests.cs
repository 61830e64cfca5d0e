using System.IO.Compression;
using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Pak;

public sealed class PakWriterTests : IDisposable
{
    private readonly ProjectDirectory _project = new();
    private readonly List<string> _notes = [];

    public PakWriterTests()
    {
        _project.Write("conf/images/AdapterKind/MyAdapter.svg", "<svg/>");
        _project.Write("conf/images/TraversalSpec/.gitkeep", "");
        _project.Write("content/alertdefs/alertDefinitionSchema.xsd", "<x/>");
        _project.Write("content/dashboards/My Dash.json", "{}");
        _project.Write("content/dashboards/other.json", "{}");
        _project.Write("content/dashboards/other/resources/r.properties", "a=b");
        _project.Write("content/reports/R1.xml", "<x/>");
        _project.Write("content/dashboards/.DS_Store", "litter");
        Directory.CreateDirectory(_project.Path("content/empty"));
        Directory.CreateDirectory(_project.Path("content/policies"));
        _project.Write("content/policies/.gitkeep", "");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_pak_has_exactly_the_tree_that_the_platform_takes()
    {
        _project.Write("pre.sh", "#!/bin/sh\n");
        _project.WriteManifest(manifest => manifest["adapter_pre_script"]!["script"] = "pre.sh");

        Assert.Equal(
            [
                "manifest.txt", "pre.sh", "icon.png", "eula.txt",
                "resources/", "resources/resources.properties",
                "content/", "content/alertdefs/", "content/alertdefs/alertDefinitionSchema.xsd",
                "content/dashboards/", "content/dashboards/my dash/", "content/dashboards/my dash/My Dash.json",
                "content/dashboards/other/", "content/dashboards/other/other.json",
                "content/dashboards/other/resources/", "content/dashboards/other/resources/r.properties",
                "content/policies/", "content/reports/", "content/reports/r1/", "content/reports/r1/R1.xml",
                "adapter.zip",
            ],
            ZipDirectoryEntry.Read(File.ReadAllBytes(Write())).Select(entry => entry.Name));
    }

    [Fact]
    public void The_adapter_archive_has_exactly_the_tree_that_the_platform_takes()
    {
        Assert.Equal(
            [
                "MyAdapter.conf", "manifest.txt", "eula.txt", "icon.png",
                "resources/", "resources/resources.properties",
                "MyAdapter/", "MyAdapter/conf/", "MyAdapter/conf/describe.xml", "MyAdapter/conf/describeSchema.xsd",
                "MyAdapter/conf/images/", "MyAdapter/conf/images/AdapterKind/", "MyAdapter/conf/images/AdapterKind/MyAdapter.svg",
                "MyAdapter/conf/images/TraversalSpec/",
                "MyAdapter/conf/resources/", "MyAdapter/conf/resources/resources.properties", "MyAdapter/conf/version.txt",
            ],
            ZipDirectoryEntry.Read(Adapter(Write())).Select(entry => entry.Name));
    }

    [Fact]
    public void Modes_host_version_and_time_of_the_entries_are_fixed()
    {
        var path = Write();

        Assert.All([.. ZipDirectoryEntry.Read(File.ReadAllBytes(path)), .. ZipDirectoryEntry.Read(Adapter(path))], entry =>
        {
            var directory = entry.Name.EndsWith('/');
            Assert.Equal(directory ? 0x41ED0010u : 0x81A40000u, entry.Attributes);
            Assert.Equal((3, 20, 0, directory ? 0 : 8), (entry.MadeBy, entry.NeededVersion, entry.Flags, entry.Method));
            Assert.Equal(0x00210000u, entry.DosTime);
        });
    }

    [Fact]
    public void The_content_is_that_of_the_project_and_of_the_build()
    {
        var path = Write();
        using var adapter = new ZipArchive(new MemoryStream(Adapter(path)));

        Assert.Equal(Make().ToString(), Text(adapter, "MyAdapter.conf"));
        Assert.Equal("Major-Version=1\nMinor-Version=2\nImplementation-Version=3\n", Text(adapter, "MyAdapter/conf/version.txt"));
        Assert.Equal("<xml/>", Text(adapter, "MyAdapter/conf/describe.xml"));
        Assert.Equal(File.ReadAllText(_project.Path("manifest.txt")), Text(adapter, "manifest.txt"));
    }

    [Fact]
    public async Task What_is_written_can_be_read_by_an_installer()
    {
        Assert.Equal(Make(), await PakReader.ReadConfAsync(Write(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        var first = File.ReadAllBytes(Write());
        foreach (var file in Directory.EnumerateFiles(_project.FullPath, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc));

        Assert.Equal(first, File.ReadAllBytes(Write()));
    }

    [Fact]
    public void Litter_is_left_out_with_a_note()
    {
        Write();

        Assert.Equal("dashboards/.DS_Store is left out of the pak", Assert.Single(_notes));
    }

    [Fact]
    public void Two_files_with_one_place_are_refused()
    {
        _project.Write("content/dashboards/other/other.json", "{}");

        Assert.Contains("have the same place", Assert.Throws<PackException>(() => Write()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leads_nowhere_or_in_a_circle_is_refused()
    {
        Directory.CreateSymbolicLink(_project.Path("content/loop"), _project.Path("content"));

        Assert.Contains("is a link", Assert.Throws<PackException>(() => Write()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pak_that_cannot_be_finished_leaves_the_earlier_ones_and_no_litter()
    {
        _project.Write("build/MyAdapter_1.2.3.pak", "earlier");
        _project.Write("build/Other_1.0.0.pak", "other");
        var opened = PackProject.Open(_project.FullPath);
        var content = new PakContent(opened, _notes.Add);
        File.Delete(_project.Path("eula.txt"));

        Assert.Throws<PackException>(() => PakWriter.Write(opened, content, Make(), PakTime.From(null)));

        Assert.Equal("earlier", File.ReadAllText(_project.Path("build/MyAdapter_1.2.3.pak")));
        Assert.Equal(2, Directory.EnumerateFiles(_project.Path("build")).Count());
    }

    [Theory]
    [InlineData(null, "1980-01-01T00:00:00Z")]
    [InlineData("0", "1980-01-01T00:00:00Z")]
    [InlineData("1700000000", "2023-11-14T22:13:20Z")]
    public void The_time_of_the_entries_comes_from_the_environment(string? variable, string expected)
    {
        Assert.Equal(DateTimeOffset.Parse(expected, null), PakTime.From(variable));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-5")]
    [InlineData("99999999999")]
    public void A_time_that_is_none_is_refused(string variable)
    {
        Assert.Contains("SOURCE_DATE_EPOCH", Assert.Throws<PackException>(() => PakTime.From(variable)).Message, StringComparison.Ordinal);
    }

    private static ConfFile Make() => new(
        "MyAdapter", new ApiVersion(1, 0, 0), ApiProtocol.Http, 8080, RegistryHost.Parse("h.example"), RepositoryName.Parse("a"), Digest.Of("x"u8));

    private static byte[] Adapter(string pak)
    {
        using var archive = ZipFile.OpenRead(pak);
        using var bytes = new MemoryStream();
        using (var entry = archive.GetEntry("adapter.zip")!.Open())
            entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private string Write()
    {
        var project = PackProject.Open(_project.FullPath);
        var content = new PakContent(project, _notes.Add);
        content.Put(new GeneratedDescribe("<xml/>"u8.ToArray(), "1 = a\n"u8.ToArray()));
        return PakWriter.Write(project, content, Make(), PakTime.From(null));
    }
}
