using Berth.Registry.Storage;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Retention;

public sealed class PinCommandTests : RetentionTest
{
    [Fact]
    public async Task A_pinned_manifest_is_not_deleted_until_the_pin_is_removed()
    {
        var digest = await PushAsync("config", "v1");

        var added = await PinAsync("add", "packs/here:v1", "--name", "production");
        Assert.Equal((0, "", $"packs/here@{digest} is pinned as 'production'.\n"), (added.ExitCode, added.Output, added.Error));
        Assert.Equal(RemoveResult.Pinned, await Store.RemoveManifestAsync(Here, digest, Cancel));

        (await PinAsync("remove", $"packs/here@{digest}", "--name", "other")).AssertFailed(1, "has no pin 'other'");
        Assert.Equal(0, (await PinAsync("remove", $"packs/here@{digest}", "--name", "production")).ExitCode);
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, digest, Cancel));
    }

    [Fact]
    public async Task A_pin_ends_and_is_listed_as_ended()
    {
        var digest = await PushAsync("config", "v1");
        await PinAsync("add", "packs/here:v1", "--name", "a", "--until", "2026-01-05");
        await PinAsync("add", "packs/here:v1", "--name", "b", "--until", "36h");

        Assert.Equal(
            [
                $"packs/here@{digest} 'a', until 2026-01-05 00:00:00Z (by command line ({Environment.UserName}), 2026-01-02 03:04:05Z)",
                $"packs/here@{digest} 'b', until 2026-01-03 15:04:05Z (by command line ({Environment.UserName}), 2026-01-02 03:04:05Z)",
            ],
            Lines(await PinAsync("list")));

        Time.Advance(TimeSpan.FromDays(2));
        Assert.Contains("'b', ended 2026-01-03", (await PinAsync("list", "packs/here")).Output, StringComparison.Ordinal);
        Assert.Equal(
            RemoveResult.Pinned, await Store.RemoveManifestAsync(Here, digest, new Berth.Registry.Collection.Deletion("a test", "-", Now), Cancel));

        Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(
            RemoveResult.Removed, await Store.RemoveManifestAsync(Here, digest, new Berth.Registry.Collection.Deletion("a test", "-", Now), Cancel));
        Assert.Contains("\"ended\":true,\"missing\":true", (await PinAsync("list", "--output", "json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_is_not_there_is_pinned_only_when_that_is_meant()
    {
        var later = TestImage.DigestOf("later");
        (await PinAsync("add", $"packs/here@{later}", "--name", "a")).AssertFailed(1, "--allow-missing");
        Assert.Equal("", (await PinAsync("list")).Output);

        Assert.Equal(0, (await PinAsync("add", $"packs/here@{later}", "--name", "a", "--allow-missing")).ExitCode);
        Assert.EndsWith("[not there]", Lines(await PinAsync("list"))[0], StringComparison.Ordinal);
        Assert.Empty(Lines(await PinAsync("list", "packs/there")));
    }

    [Fact]
    public async Task A_pinned_index_keeps_its_manifests()
    {
        var child = await PushAsync("config");
        var index = await PutAsync(TestImage.Index(Here, Now, [child], "v1"));
        await PinAsync("add", "packs/here:v1", "--name", "a");

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveManifestAsync(Here, child, Cancel));
        Assert.Equal(RemoveResult.Pinned, await Store.RemoveManifestAsync(Here, index, Cancel));
    }

    [Theory]
    [InlineData(1, "there is no 'packs/here:v2'", "packs/here:v2", "--name", "a")]
    [InlineData(2, "is a repository", "packs/here", "--name", "a")]
    [InlineData(2, "names nothing", "Packs/here:v1", "--name", "a")]
    [InlineData(2, "names nothing", "registry:5000/packs/here:v1", "--name", "a")]
    [InlineData(2, "names nothing", "packs/here@v1", "--name", "a")]
    [InlineData(2, "no name", "packs/here:v1", "--name", " a")]
    [InlineData(2, "no time", "packs/here:v1", "--name", "a", "--until", "tomorrow")]
    [InlineData(2, "over already", "packs/here:v1", "--name", "a", "--until", "2025-12-31")]
    [InlineData(2, "--name", "packs/here:v1")]
    public async Task What_cannot_be_pinned_is_refused(int exitCode, string problem, params string[] arguments)
    {
        await PushAsync("config", "v1");
        (await PinAsync(["add", .. arguments])).AssertFailed(exitCode, problem);
        Assert.Equal("", (await PinAsync("list")).Output);
    }

    private static string[] Lines(CommandRun run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<CommandRun> PinAsync(params string[] arguments) => RunAsync(["pin", .. arguments]);
}
