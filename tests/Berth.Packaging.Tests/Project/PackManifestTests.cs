using System.Text.Json.Nodes;
using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Project;

public sealed class PackManifestTests : IDisposable
{
    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_template_s_manifest_is_read()
    {
        var manifest = PackProject.Open(_project.FullPath).Manifest;

        Assert.Equal("MyAdapter", manifest.AdapterKind);
        Assert.Equal("MyAdapter_1.2.3.pak", manifest.PakFileName);
        Assert.Equal(("eula.txt", "icon.png", null), (manifest.EulaFile, manifest.Icon, manifest.PreScript));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    [InlineData("eula_file")]
    [InlineData("pak_icon")]
    [InlineData("pak_validation_script")]
    [InlineData("adapter_pre_script")]
    [InlineData("adapter_post_script")]
    [InlineData("adapter_kinds")]
    public void A_missing_key_is_named(string key)
    {
        _project.WriteManifest(manifest => manifest.Remove(key));

        Assert.StartsWith($"manifest.txt: {key} is missing", OnlyProblem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "\"\"", "line 3: name is ''")]
    [InlineData("name", "\"my adapter\"", "letters, digits")]
    [InlineData("name", "\"iSDK_\"", "letters, digits")]
    [InlineData("name", "5", "where a string is expected")]
    [InlineData("name", "null", "where a string is expected")]
    [InlineData("version", "\"1.0\"", "three numbers")]
    [InlineData("version", "\"1.0.0.1\"", "three numbers")]
    [InlineData("version", "\"1.0.x\"", "three numbers")]
    [InlineData("version", "\"1.-0.0\"", "three numbers")]
    [InlineData("version", "\"1.0.99999999999\"", "three numbers")]
    [InlineData("eula_file", "\"no.txt\"", "no file at the root")]
    [InlineData("eula_file", "\"conf/describeSchema.xsd\"", "named without a path")]
    [InlineData("eula_file", "\"..\"", "named without a path")]
    [InlineData("pak_icon", "\"manifest.txt\"", "its own place")]
    [InlineData("adapter_pre_script", "\"run.sh\"", "\"script\": \"name\"")]
    [InlineData("adapter_pre_script", "{}", "\"script\": \"name\"")]
    [InlineData("adapter_post_script", "{\"script\": \"python x.py\"}", "not a command line")]
    [InlineData("adapter_kinds", "[]", "has 0 entries")]
    [InlineData("adapter_kinds", "[\"A\", \"B\"]", "has 2 entries")]
    [InlineData("adapter_kinds", "[1]", "array of strings")]
    [InlineData("adapter_kinds", "[\"../A\"]", "letters, digits and '_'")]
    [InlineData("adapter_kinds", "[\"7A\"]", "letters, digits and '_'")]
    [InlineData("run_scripts_on_all_nodes", "true", "where a string is expected")]
    [InlineData("disk_space_required", "\"500\"", "whole number")]
    [InlineData("platform", "[\"Linux\"]", "Linux Non-VA")]
    [InlineData("platform", "[\"Linux VA\", \"linux va\"]", "'linux va', which the platform does not know")]
    [InlineData("platform", "[]", "is empty")]
    [InlineData("adapters", "[]", "adapter.zip")]
    [InlineData("adapters", "[\"adapter.zip\", \"more.zip\"]", "adapter.zip")]
    [InlineData("run_scripts_on_all_nodes", "\"yes\"", "\"true\" or \"false\"")]
    [InlineData("vcops_minimum_version", "\"8\"", "a version such as 8.10.0")]
    [InlineData("vcops_minimum_version", "\"8.x\"", "a version such as 8.10.0")]
    [InlineData("license_type", "1", "where a string is expected")]
    public void A_bad_value_gives_one_line_that_names_key_and_line(string key, string value, string expected)
    {
        _project.WriteManifest(manifest => manifest[key] = JsonNode.Parse(value));

        var problem = OnlyProblem();

        Assert.Matches($"^manifest.txt: line [0-9]+: {key} ", problem);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "a JSON object")]
    [InlineData("{\n\"name\": nil}", "line 2: not valid JSON")]
    [InlineData("{\"\\ud800\": 1}", "without its other half")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("{\"name\": \"a\"", "not valid JSON")]
    [InlineData("\uFEFF{}", "byte order mark")]
    public void What_is_no_JSON_object_is_refused_with_its_line(string text, string expected)
    {
        _project.Write("manifest.txt", text);

        Assert.Contains(expected, OnlyProblem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_given_twice_is_named_with_both_lines()
    {
        _project.Write("manifest.txt", File.ReadAllText(_project.Path("manifest.txt")).Replace("{\n", "{\n\"name\": \"first\",\n", StringComparison.Ordinal));

        Assert.Equal("manifest.txt: line 4: 'name' is given twice, first in line 2; remove one of them", OnlyProblem());
    }

    [Fact]
    public void Half_a_character_is_no_text()
    {
        _project.Write("manifest.txt", File.ReadAllText(_project.Path("manifest.txt")).Replace("iSDK_MyAdapter", "\\ud800", StringComparison.Ordinal));

        Assert.StartsWith("manifest.txt: line 3: name is \"\\ud800\", where a string is expected", OnlyProblem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("display_name", "DISPLAY_NAME")]
    [InlineData("description", "DESCRIPTION")]
    [InlineData("vendor", "VENDOR")]
    public void A_placeholder_needs_a_value(string key, string placeholder)
    {
        _project.Write("resources/resources.properties", $"DISPLAY_NAME=a\nDESCRIPTION=b\nVENDOR=c\n".Replace($"{placeholder}=", $"{placeholder} = \n#", StringComparison.Ordinal));
        Assert.Matches($"^manifest.txt: line [0-9]+: {key} stands for {placeholder} in resources/resources.properties, which has no value", OnlyProblem());

        _project.WriteManifest(manifest => manifest[key] = "A text of its own");
        Assert.Empty(ProjectCheck.Run(_project.FullPath).Problems);
    }

    [Fact]
    public void Placeholders_without_a_file_are_refused()
    {
        File.Delete(_project.Path("resources/resources.properties"));

        Assert.Equal(3, Problems().Count);
    }

    [Theory]
    [InlineData("disk_space", "'disk_space' is no key that the platform is known to read; is 'disk_space_required' meant?")]
    [InlineData("Vendor", "'Vendor' is no key that the platform is known to read; is 'vendor' meant?")]
    [InlineData("something", "'something' is no key that the platform is known to read")]
    public void An_unknown_key_is_a_note_with_the_key_that_was_meant(string key, string expected)
    {
        _project.WriteManifest(manifest => manifest[key] = 1);

        var report = ProjectCheck.Run(_project.FullPath);

        Assert.Empty(report.Problems);
        Assert.Equal($"manifest.txt: line 32: {expected}", Assert.Single(report.Notes));
    }

    [Fact]
    public void A_key_that_only_the_platform_reads_may_be_missing()
    {
        _project.WriteManifest(manifest => manifest.Remove("platform"));

        var report = ProjectCheck.Run(_project.FullPath);

        Assert.Empty(report.Problems);
        Assert.Equal("manifest.txt: platform is missing; the platform's own template has it", Assert.Single(report.Notes));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        _project.WriteManifest(manifest =>
        {
            manifest.Remove("name");
            manifest["version"] = "1";
            manifest["adapter_kinds"] = 3;
        });

        Assert.Equal(3, Problems().Count);
    }

    private string OnlyProblem() => Assert.Single(Problems());

    private IReadOnlyList<string> Problems()
    {
        var e = Assert.Throws<PackException>(() => PackProject.Open(_project.FullPath));
        Assert.Equal(PackFailure.Validation, e.Failure);
        return e.Problems;
    }
}
