using Berth.MpBuild;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Build;

/// <summary>What mp-build says and ends with when it cannot even start building: no engine is needed, and none is there.</summary>
public sealed class MpBuildUsageTests : IDisposable
{
    private const string EarlierPak = "build/MyAdapter_1.2.3.pak";

    private readonly ProjectDirectory _project = new();

    public MpBuildUsageTests() => _project.Write(EarlierPak, "earlier");

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("-r", "https://h.example/a", "-r: 'https://h.example/a' is a URL; write h.example/a")]
    [InlineData("-r", "h.example/a:1.0", "-r: 'h.example/a:1.0' has a tag, and a repository is asked for; write h.example/a")]
    [InlineData("-r", "h.example/Team/A", "write h.example/team/a")]
    [InlineData("--push-registry", "h.example/a", "no repository is named that the appliance pulls from")]
    [InlineData("-r", null, "no repository is named that the appliance pulls from")]
    [InlineData("-P", "70000", "--port takes a number from 0 to 65535")]
    [InlineData("-P", "http", "--port")]
    [InlineData("--registry-username", "me", "MP_BUILD_REGISTRY_PASSWORD")]
    [InlineData("--registry-password", "secret", "A password needs --registry-username.")]
    [InlineData("--output", "xml", "xml")]
    [InlineData("--unknown", null, "--unknown")]
    [InlineData("-p", "", "-p names no directory")]
    [InlineData("-p", "nowhere", "there is no such directory")]
    [InlineData("-p", "conf", "is not a project: it has no manifest.txt")]
    public async Task Wrong_usage_ends_with_2_and_says_what_to_do(string option, string? value, string expected)
    {
        var result = await RunAsync(value is null ? [option] : [option, value]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(expected, result.Problems[0], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
        AssertNothingChanged(result);
    }

    [Theory]
    [InlineData("-r", "https://h.example/a", "-r", "h.example/a")]
    [InlineData("--registry-tag", "h.example/a:tag", "-r", "h.example/a")]
    [InlineData("-r", "h.example/a", "-P", "70000", "--port", "8080")]
    [InlineData("-r", "h.example/a", "-p", "nowhere", "-p", ".")]
    [InlineData("-r", "h.example/a", "-i", "-i")]
    [InlineData("-r", "h.example/a", "--push-registry", "bad://x", "--push-registry", "h.example/b")]
    public async Task Of_a_flag_that_is_given_again_the_last_value_counts(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(ExitCodes.Build, result.ExitCode);
        Assert.Contains("There is no container engine", result.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_no_project_is_named()
    {
        using var empty = new TempDirectory();

        var result = await MpBuild.RunAsync(empty.FullPath, []);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith($"{empty.FullPath} is not a project: it has no manifest.txt", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.FullPath));
    }

    [Theory]
    [InlineData("{", "manifest.txt: line 1: not valid JSON")]
    [InlineData("{\"name\": \"a\"}", "manifest.txt: version is missing")]
    public async Task A_manifest_that_is_not_valid_ends_with_3(string manifest, string expected)
    {
        _project.Write("manifest.txt", manifest);

        var result = await RunAsync("-r", "h.example/a");

        Assert.Equal(ExitCodes.Validation, result.ExitCode);
        Assert.StartsWith(expected, result.Problems[0], StringComparison.Ordinal);
        AssertNothingChanged(result);
    }

    [Fact]
    public async Task A_static_describe_xml_for_another_adapter_ends_with_3_before_anything_is_built()
    {
        _project.Write(
            "conf/describe.xml",
            "<AdapterKind xmlns='http://schemas.vmware.com/vcops/schema' key='Other' nameKey='1' version='1'><ResourceKinds><ResourceKind key='i' type='7'/></ResourceKinds></AdapterKind>");

        _project.Write("conf/resources/resources.properties", "1 = Other\n");

        var result = await RunAsync("-r", "h.example/a");

        Assert.Equal(ExitCodes.Validation, result.ExitCode);
        Assert.Contains("the adapter's key is 'Other'", result.Problems[0], StringComparison.Ordinal);
        AssertNothingChanged(result);
    }

    [Fact]
    public async Task Without_an_engine_it_ends_with_4()
    {
        var result = await RunAsync("-r", "h.example/a");

        Assert.Equal(ExitCodes.Build, result.ExitCode);
        Assert.Contains("There is no container engine at unix://", result.Problems[0], StringComparison.Ordinal);
        AssertNothingChanged(result);
    }

    [Fact]
    public async Task What_is_wrong_with_project_engine_and_registry_is_said_in_one_go()
    {
        _project.Write("manifest.txt", "{\"name\": \"a\"}");

        var result = await RunAsync("-r", "127.0.0.1:9/a");

        Assert.Equal(ExitCodes.Validation, result.ExitCode);
        foreach (var expected in new[] { "version is missing", "adapter_kinds is missing", "There is no container engine", "nothing listens at 127.0.0.1:9" })
            Assert.Contains(result.Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_and_the_help_go_to_standard_output()
    {
        var version = await RunAsync("-V");
        var help = await RunAsync("--help");

        Assert.Equal((ExitCodes.Success, ""), (version.ExitCode, version.Error));
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", version.Output);
        Assert.Contains("--registry-tag <HOST/PATH>", help.Output, StringComparison.Ordinal);
    }

    private void AssertNothingChanged(MpBuild.Result result)
    {
        Assert.Empty(result.Output);
        Assert.Equal("earlier", File.ReadAllText(_project.Path(EarlierPak)));
        Assert.Single(Directory.EnumerateFiles(_project.Path("build")));
    }

    private Task<MpBuild.Result> RunAsync(params string[] arguments) =>
        MpBuild.RunAsync(_project.FullPath, arguments, ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}"), ("MP_BUILD_REGISTRY_PASSWORD", null));
}
