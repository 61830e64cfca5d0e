using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Project;

public sealed class PackProjectTests : IDisposable
{
    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_project_without_config_has_the_defaults()
    {
        Assert.Equal(PackConfig.Default, PackProject.Open(_project.FullPath).Config);
    }

    [Fact]
    public void Reading_config_json_leaves_it_as_it_is()
    {
        const string Text = "{ \"container_repository\": \"h.example/a\",\n  \"container_push_repository\": null, \"mine\": [1, 2] }";
        var path = _project.Write("config.json", Text);

        var config = PackProject.Open(_project.FullPath).Config;

        Assert.Equal(new PackConfig("h.example/a", null, UseDefaultRegistry: false, MemoryLimit: 1024), config);
        Assert.Equal(Text, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("{\"container_repository\": 5}", "line 1: container_repository is 5, where a string")]
    [InlineData("{\"use_default_registry\": \"yes\"}", "true or false")]
    [InlineData("{\"default_memory_limit\": 5}", "at least 6")]
    [InlineData("{\"default_memory_limit\": 1.5}", "whole number")]
    [InlineData("nonsense", "not valid JSON")]
    public void A_bad_config_json_is_refused(string text, string expected)
    {
        _project.Write("config.json", text);

        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath));

        Assert.StartsWith("config.json: ", Assert.Single(e.Problems), StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_a_manifest_is_no_project()
    {
        File.Delete(_project.Path("manifest.txt"));

        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath));

        Assert.Equal(PackFailure.Usage, e.Failure);
        Assert.Contains("has no manifest.txt", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error()
    {
        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.Path("nowhere")));

        Assert.Contains("no such directory", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dockerfile", "Dockerfile is missing")]
    [InlineData("conf/describeSchema.xsd", "conf/describeSchema.xsd is missing")]
    public void A_file_that_the_build_needs_is_missed_before_the_build(string file, string expected)
    {
        File.Delete(_project.Path(file));

        Assert.Equal(expected, Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath)).Message);
    }

    [Fact]
    public void Labels_of_a_loose_dashboard_are_refused_with_the_place_they_belong_to()
    {
        _project.Write("content/dashboards/My.properties", "");

        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath));

        Assert.Contains("content/dashboards/My/resources/My.properties", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_manifest_config_and_layout_come_together()
    {
        _project.WriteManifest(manifest => manifest.Remove("version"));
        _project.Write("config.json", "[]");
        File.Delete(_project.Path("Dockerfile"));

        Assert.Equal(3, Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath)).Problems.Count);
    }
}
