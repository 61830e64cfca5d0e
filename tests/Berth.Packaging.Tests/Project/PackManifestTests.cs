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
        var manifest = PackManifest.Read(_project.FullPath);

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
    [InlineData("adapters", "[]", "adapter.zip")]
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
    [InlineData("{\"name\": \"a\",\n\"name\": \"b\"}", "line 2: 'name' is given twice")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("{\"name\": \"a\"", "not valid JSON")]
    [InlineData("\uFEFF{}", "byte order mark")]
    public void What_is_no_JSON_object_is_refused_with_its_line(string text, string expected)
    {
        _project.Write("manifest.txt", text);

        Assert.Contains(expected, OnlyProblem(), StringComparison.Ordinal);
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
        var e = Assert.Throws<PackException>(() => PackManifest.Read(_project.FullPath));
        Assert.Equal(PackFailure.Validation, e.Failure);
        return e.Problems;
    }
}
