using Berth.MpInstall;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Install;

public sealed class MpInstallUsageTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string, byte[], string> BrokenPaks => new()
    {
        { "text", "not a zip"u8.ToArray(), "is not a zip archive" },
        { "no adapter", TestPak.Zip(("manifest.txt", "{}")), "has no adapter.zip" },
        { "no conf", TestPak.WithAdapter(TestPak.Zip(("manifest.txt", "{}"))), "has no .conf" },
        { "bad digest", TestPak.WithAdapter(TestPak.Zip(("A.conf", TestPak.Conf.Replace("sha256:0", "sha256:X", StringComparison.Ordinal)))), "DIGEST is" },
    };

    private string Socket => $"unix://{_directory.Path("docker.sock")}";

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(BrokenPaks))]
    public async Task A_broken_pak_ends_with_its_exit_code_and_one_line(string name, byte[] content, string expected)
    {
        var result = await MpInstall.RunAsync([_directory.Write($"{name}.pak", content)], Socket);

        Assert.Equal(ExitCodes.Pak, result.ExitCode);
        Assert.Equal(["read pak failed"], result.Stages);
        result.AssertSays(expected);
        Assert.Equal(2, result.Error.Count);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_ends_with_its_exit_code()
    {
        var result = await MpInstall.RunAsync([WritePak(TestPak.Conf)], Socket);

        Assert.Equal(ExitCodes.Engine, result.ExitCode);
        Assert.Equal(["read pak ok", "read connection ok", "engine failed"], result.Stages);
        result.AssertSays("the socket does not exist. Install and start Docker");
    }

    [Fact]
    public async Task A_pak_without_a_registry_needs_to_be_told_one()
    {
        var result = await MpInstall.RunAsync([WritePak(TestPak.Conf.Replace("REGISTRY=h.example:5000\n", "", StringComparison.Ordinal))], Socket);

        Assert.Equal(ExitCodes.Pull, result.ExitCode);
        result.AssertSays("Name one with --default-registry HOST");
    }

    [Fact]
    public async Task A_failure_in_JSON_has_the_stages_and_the_error()
    {
        var result = await MpInstall.RunAsync([WritePak(TestPak.Conf), "--output", "json"], Socket);

        using var json = System.Text.Json.JsonDocument.Parse(result.Output);
        Assert.Equal(ExitCodes.Engine, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("stages").GetArrayLength());
        Assert.Contains("docker.sock", json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(json.RootElement.TryGetProperty("collected", out _));
    }

    [Theory]
    [InlineData("PAK")]
    [InlineData("PAK", "x.pak", "y.pak")]
    [InlineData("--nonsense", "x.pak", "--nonsense")]
    [InlineData("--connection", "x.pak", "--connection-name", "a")]
    [InlineData("--default-registry", "x.pak", "--default-registry", "https://h/x")]
    [InlineData("--collections", "x.pak", "--collections", "-1")]
    [InlineData("--interval", "x.pak", "--interval", "0")]
    [InlineData("xml", "x.pak", "--output", "xml")]
    public async Task A_wrong_command_line_is_a_usage_error(string named, params string[] arguments)
    {
        var result = await MpInstall.RunAsync(arguments, Socket);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith("mp-install: ", result.Error[0], StringComparison.Ordinal);
        if (named != "PAK" || arguments.Length == 0)
            result.AssertSays(named);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_read_is_a_usage_error()
    {
        var result = await MpInstall.RunAsync([WritePak(TestPak.Conf), "--connection", "/nowhere.json"], Socket);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Equal("mp-install: read connection: /nowhere.json: there is no such file", result.Error[^1]);
    }

    [Fact]
    public async Task A_DOCKER_HOST_that_is_none_is_named()
    {
        var result = await MpInstall.RunAsync([WritePak(TestPak.Conf)], "ssh://me@there");

        Assert.Equal(ExitCodes.Engine, result.ExitCode);
        result.AssertSays("DOCKER_HOST is 'ssh://me@there'");
    }

    [Fact]
    public async Task Help_names_every_exit_code()
    {
        var result = await MpInstall.RunAsync(["--help"]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        foreach (var stage in Enum.GetValues<Packaging.Install.InstallStage>())
            Assert.Contains($"\n    {ExitCodes.Of(stage)} ", result.Output, StringComparison.Ordinal);
        foreach (var failure in Enum.GetValues<Packaging.Install.InstallFailure>().Skip(1))
            Assert.Contains($"\n    {ExitCodes.Of(failure)} ", result.Output, StringComparison.Ordinal);
    }

    private string WritePak(string conf) => _directory.Write("a.pak", TestPak.WithAdapter(TestPak.Zip(("MyAdapter.conf", conf))));
}
