using Berth.Registry.Tests.Commands;

namespace Berth.Registry.Tests.Retention;

public sealed class PolicyCommandTests : RetentionTest
{
    [Fact]
    public async Task A_policy_removes_only_after_it_was_previewed_and_enabled()
    {
        await PushAsync("config 1", "a");
        Time.Advance(TimeSpan.FromSeconds(1));
        await PushAsync("config 2", "b");

        var set = await PolicyAsync("set", "packs/", "--keep-last", "1");
        Assert.Equal((0, ""), (set.ExitCode, set.Output));
        Assert.Contains("berth policy preview packs", set.Error, StringComparison.Ordinal);
        (await PolicyAsync("enable", "packs")).AssertFailed(1, "run 'berth policy preview packs' first");
        await CollectAsync();
        Assert.Equal(["a", "b"], await TagsAsync());

        var preview = await PolicyAsync("preview", "packs");
        Assert.StartsWith("trash  tag      packs/here:a (sha256:", preview.Output, StringComparison.Ordinal);
        Assert.EndsWith(" 0 B: policy packs: not among the last 1 tags\n", preview.Output, StringComparison.Ordinal);
        Assert.Equal("1 would go into the trash.\n", preview.Error);
        Assert.Equal(["a", "b"], await TagsAsync());

        Assert.Equal(0, (await PolicyAsync("enable", "packs")).ExitCode);
        var dry = await RunAsync("gc", "--dry-run");
        Assert.Equal(preview.Output, dry.Output);
        Assert.Equal(dry.Output, (await RunAsync("gc")).Output);
        Assert.Equal(["b"], await TagsAsync());
    }

    [Fact]
    public async Task Setting_a_policy_anew_disables_it_until_it_is_previewed_again()
    {
        await PolicyAsync("set", "*", "--keep-last", "1");
        await PolicyAsync("preview", "*");
        await PolicyAsync("enable", "*");
        Assert.Contains("(enabled 2026-01-02 03:04:05Z)", (await PolicyAsync("show", "*")).Output, StringComparison.Ordinal);

        await PolicyAsync("set", "*", "--keep-last", "2");

        Assert.Equal("* --keep-last 2 (disabled, not previewed)\n", (await PolicyAsync("list")).Output);
        (await PolicyAsync("enable", "*")).AssertFailed(1, "first");
    }

    [Fact]
    public async Task A_policy_is_shown_with_all_its_rules()
    {
        await PolicyAsync(
            "set", "packs", "--keep-last", "5", "--keep-matching", "v*", "--keep-matching", "latest", "--keep-newer", "30d", "--keep-pulled", "36h",
            "--untagged-after", "14d", "--immutable", "v?.*");

        Assert.Equal(
            "packs --keep-last 5 --keep-matching 'v*' --keep-matching 'latest' --keep-newer 30d --keep-pulled 36h --untagged-after 14d --immutable 'v?.*' "
            + "(disabled, not previewed)\n",
            (await PolicyAsync("list")).Output);
        Assert.Equal(
            """[{"prefix":"packs","keep_last":5,"keep_matching":["v*","latest"],"keep_newer":"30d","keep_pulled":"36h","untagged_after":"14d","immutable":["v?.*"]}]"""
            + "\n",
            (await PolicyAsync("show", "packs", "--output", "json")).Output);

        Assert.Equal(0, (await PolicyAsync("remove", "packs")).ExitCode);
        Assert.Equal("", (await PolicyAsync("list")).Output);
        foreach (var verb in (string[])["show", "preview", "enable", "disable", "remove"])
            (await PolicyAsync(verb, "packs")).AssertFailed(1, "there is no policy 'packs'");
    }

    [Theory]
    [InlineData("needs a rule", "packs")]
    [InlineData("no prefix", "Packs", "--keep-last", "1")]
    [InlineData("from 1 to", "packs", "--keep-last", "0")]
    [InlineData("no duration", "packs", "--keep-newer", "0d")]
    [InlineData("no duration", "packs", "--keep-pulled", "30")]
    [InlineData("no duration", "packs", "--untagged-after", "99999999d")]
    [InlineData("matches no tag", "packs", "--keep-matching", "a/b")]
    [InlineData("matches no tag", "packs", "--immutable", "[a-z]")]
    public async Task What_cannot_be_a_policy_is_refused(string problem, params string[] arguments)
    {
        (await PolicyAsync(["set", .. arguments])).AssertFailed(2, problem);
        Assert.Equal("", (await PolicyAsync("list")).Output);
    }

    private Task<CommandRun> PolicyAsync(params string[] arguments) => RunAsync(["policy", .. arguments]);
}
