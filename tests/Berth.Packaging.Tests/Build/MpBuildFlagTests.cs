using System.IO.Compression;
using System.Text.Json;
using Berth.MpBuild;
using Berth.Packaging.Pak;
using Berth.Packaging.Tests.Describe;
using Berth.Packaging.Tests.Engine;

namespace Berth.Packaging.Tests.Build;

/// <summary>What flags, answers and settings do to a whole build.</summary>
[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class MpBuildFlagTests(TestEngine test) : WholeBuild(test)
{
    private const string Config = """
        {
            "mine": [1, 2],
            "container_repository": "127.0.0.1:9/never",
            "default_memory_limit": 64
        }
        """;

    [Fact]
    public async Task Config_json_is_not_written_by_a_build()
    {
        Project.Write("config.json", Config);

        await SucceedAsync("-r", Repository);

        Assert.Equal(Config, File.ReadAllText(Project.Path("config.json")));
        Assert.False(File.Exists(Project.Path("connections.json")));
    }

    [Fact]
    public async Task Save_keeps_the_repositories_and_leaves_the_rest_as_it_is()
    {
        Project.Write("config.json", Config);
        var pull = Repository.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        await SucceedAsync("-r", pull, "--push-registry", Repository, "--save");

        var saved = File.ReadAllText(Project.Path("config.json"));
        Assert.Equal(
            $$"""
            {
                "mine": [
                    1,
                    2
                ],
                "container_repository": "{{pull}}",
                "default_memory_limit": 64,
                "container_push_repository": "{{Repository}}"
            }

            """,
            saved);
        await SucceedAsync();
        Assert.Equal(saved, File.ReadAllText(Project.Path("config.json")));
        Assert.Equal(pull, await PullNameAsync());
    }

    [Fact]
    public async Task A_repository_changed_by_hand_is_used_and_checked()
    {
        Project.Write("config.json", $$"""{"container_repository": "{{Repository}}"}""");
        await SucceedAsync();
        Assert.Equal(Repository, await PullNameAsync());
        Project.Write("config.json", $$"""{"container_repository": "http://{{Repository}}"}""");

        var result = await RunAsync();

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains($"container_repository in config.json: 'http://{Repository}' is a URL; write {Repository}", result.Problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_default_registry_is_used_when_flag_or_setting_say_so(bool flag, bool setting)
    {
        Project.Write("config.json", $$"""{"use_default_registry": {{(setting ? "true" : "false")}}}""");

        var result = await SucceedAsync(["-r", Repository, .. flag ? new[] { "--use-default-registry" } : []]);

        Assert.Null((await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken)).Registry);
        Assert.Contains("note: the pak will name no registry", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_at_the_terminal_is_kept_once_the_pak_is_written()
    {
        using var session = TerminalSession.Start(Project.FullPath, []);
        await session.AnswerAsync("Repository that the appliance pulls", Repository);

        Assert.Equal(ExitCodes.Success, await session.EndAsync());
        using var config = JsonDocument.Parse(File.ReadAllText(Project.Path("config.json")));
        Assert.Equal(
            [("container_repository", Repository)],
            config.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
    }

    [Fact]
    public async Task An_answer_does_not_replace_the_repository_that_is_named_to_push_to()
    {
        var pull = Repository.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var session = TerminalSession.Start(Project.FullPath, ["--push-registry", Repository]);
        await session.AnswerAsync("Repository that the appliance pulls", pull);

        Assert.Equal(ExitCodes.Success, await session.EndAsync());
        Assert.Equal(pull, await PullNameAsync());
    }

    [Theory]
    [InlineData("y", ExitCodes.Success, "Other")]
    [InlineData("n", ExitCodes.Validation, "MyAdapter")]
    public async Task Another_kind_than_the_manifests_is_asked_about_and_then_is_in_manifest_conf_and_directory(string answer, int code, string kind)
    {
        Describe("Other");
        using var session = TerminalSession.Start(Project.FullPath, ["-r", Repository]);
        await session.AnswerAsync("Change manifest.txt?", answer);

        Assert.Equal(code, await session.EndAsync());
        Assert.Contains($"\"{kind}\"", File.ReadAllText(Project.Path("manifest.txt")), StringComparison.Ordinal);
        if (code != ExitCodes.Success)
        {
            Assert.Equal("earlier", File.ReadAllText(Project.Path(EarlierPak)));
            return;
        }

        Assert.Equal("Other", (await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken)).AdapterKind);
        using var pak = ZipFile.OpenRead(Project.Path(EarlierPak));
        using var adapter = new ZipArchive(pak.GetEntry("adapter.zip")!.Open());
        Assert.NotNull(adapter.GetEntry("Other.conf"));
        Assert.NotNull(adapter.GetEntry("Other/conf/describe.xml"));
        Assert.DoesNotContain(adapter.Entries, entry => entry.FullName.StartsWith("MyAdapter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_terminal_another_kind_is_an_error()
    {
        Describe("Other");

        await AssertFailedAsync(await RunAsync("-r", Repository), ExitCodes.Validation, "adapter_kinds in manifest.txt names 'MyAdapter'");
    }

    [Fact]
    public async Task The_port_of_the_SDKs_settings_is_used_and_the_flag_goes_before_it()
    {
        Project.Write(".vmware-aria-operations-integration-sdk/config.json", $$"""{"container_port": {{Registry.Host.Split(':')[1]}}}""");

        var setting = await MpBuild.RunAsync(Project.FullPath, ["-r", Repository], ("HOME", Project.FullPath));
        var flag = await MpBuild.RunAsync(Project.FullPath, ["-r", Repository, "-P", "0"], ("HOME", Project.FullPath));

        Assert.Contains($"note: port {Registry.Host.Split(':')[1]} of this machine is in use", setting.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is in use", flag.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (setting.ExitCode, flag.ExitCode));
    }

    [Fact]
    public async Task An_image_for_another_platform_can_be_asked_for_and_that_is_said()
    {
        var result = await SucceedAsync("-r", Repository, "--platform", "linux/arm64");

        Assert.Contains("note: the image is to be for linux/arm64; a Cloud Proxy of today runs linux/amd64 only", result.Error, StringComparison.Ordinal);
        Assert.Matches("build image +ok .*linux/arm64", result.Error);
    }

    [Fact]
    public async Task A_pull_host_that_cannot_be_reached_needs_the_flag_that_does_without_proof()
    {
        string[] arguments = ["-r", "pull.invalid/packs/mine", "--push-registry", Repository];

        var refused = await RunAsync(arguments);
        await AssertFailedAsync(refused, ExitCodes.Verify, "pull.invalid");
        var result = await SucceedAsync([.. arguments, "--unverified"]);

        Assert.Contains("note: the pak is made unverified, as asked", result.Error, StringComparison.Ordinal);
        Assert.Equal("pull.invalid/packs/mine", await PullNameAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_pak_is_stored_beside_its_image_unless_told_otherwise(bool attach)
    {
        var result = await SucceedAsync(["-r", Repository, "--output", "json", .. attach ? Array.Empty<string>() : ["--no-attach"]]);

        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(attach, document.RootElement.GetProperty("attached").ValueKind is JsonValueKind.String);
        Assert.Equal(attach, result.Error.Contains("attach pak", StringComparison.Ordinal));
    }

    private void Describe(string kind)
    {
        var definition = Definitions.Small();
        definition["adapter_key"] = kind;
        Project.Write("www/adapterDefinition", definition.ToJsonString());
    }

    private async Task<string> PullNameAsync() =>
        (await PakReader.ReadConfAsync(Project.Path(EarlierPak), TestContext.Current.CancellationToken)).PullReference!.Name;

    private async Task<MpBuild.Result> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, string.Join('\n', result.Problems)));
        return result;
    }
}
