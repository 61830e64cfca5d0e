using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Registry.Tests.Upkeep;

public sealed class ScrubTests : ScrubTest
{
    [Fact]
    public async Task What_is_right_is_noted_and_left_alone()
    {
        var digest = await Registry.PushAsync("content");
        await Registry.PushAsync("more");
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        var (exitCode, report, talk) = await ScrubAsync();

        Assert.Equal((0, ""), (exitCode, talk));
        Assert.Equal((2, 11), (report.GetProperty("checked").GetInt64(), report.GetProperty("bytes").GetInt64()));
        Assert.InRange((long)Files.Scalar("SELECT min(verified) FROM blob")!, before, long.MaxValue);
        Assert.Equal("content", await Registry.PullAsync(digest));
    }

    [Fact]
    public async Task A_flipped_bit_is_found_and_its_file_put_into_quarantine()
    {
        var digest = await Registry.PushAsync("content");
        Files.FlipBit(digest);

        var (exitCode, report, talk) = await ScrubAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal((1, 1), (report.GetProperty("corrupt").GetInt64(), report.GetProperty("lost").GetInt64()));
        Assert.Contains($"{digest} (7 B) is corrupt", talk, StringComparison.Ordinal);
        await AssertLostAsync(digest);
        Assert.True(File.Exists(Files.Quarantine(digest)));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_found()
    {
        var digest = await Registry.PushAsync("content");
        Files.Truncate(digest);

        var (exitCode, report, _) = await ScrubAsync();

        Assert.Equal((1, 1), (exitCode, report.GetProperty("corrupt").GetInt64()));
        await AssertLostAsync(digest);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_found()
    {
        var digest = await Registry.PushAsync("content");
        File.Delete(Files.Blob(digest));

        var (exitCode, report, talk) = await ScrubAsync();

        Assert.Equal((1, 1, 1), (exitCode, report.GetProperty("missing").GetInt64(), report.GetProperty("lost").GetInt64()));
        Assert.Contains($"{digest} (7 B) has no file", talk, StringComparison.Ordinal);
        await AssertLostAsync(digest);
    }

    [Fact]
    public async Task What_stays_lost_is_told_by_every_pass()
    {
        var digest = await Registry.PushAsync("content");
        File.Delete(Files.Blob(digest));
        await ScrubAsync();

        var (exitCode, report, _) = await ScrubAsync();

        Assert.Equal((1, 1), (exitCode, report.GetProperty("lost").GetInt64()));
    }

    [Fact]
    public async Task Pushing_it_again_heals_it()
    {
        var digest = await Registry.PushAsync("content");
        Files.FlipBit(digest);
        await ScrubAsync();

        await Registry.PushAsync("content");

        Assert.Equal("content", await Registry.PullAsync(digest));
        Assert.Equal(0, (await ScrubAsync()).ExitCode);
        Assert.False(Files.IsMarkedDamaged(digest));
    }

    [Fact]
    public async Task Live_content_that_lies_in_the_trash_is_brought_back()
    {
        var digest = await Registry.PushAsync("content");
        Directory.CreateDirectory(Path.GetDirectoryName(Files.Trash(digest))!);
        File.Move(Files.Blob(digest), Files.Trash(digest));

        var (exitCode, report, _) = await ScrubAsync();

        Assert.Equal((0, 0), (exitCode, report.GetProperty("missing").GetInt64()));
        Assert.Equal("content", await Registry.PullAsync(digest));
    }

    [Fact]
    public async Task A_peer_that_has_it_heals_it()
    {
        await using var peer = new BerthServer();
        await peer.InitializeAsync();
        var (corrupt, missing) = (await Registry.PushAsync("corrupt"), await Registry.PushAsync("missing"));
        await new RegistryPushes(peer).PushAsync("corrupt");
        await new RegistryPushes(peer).PushAsync("missing");
        Files.FlipBit(corrupt);
        File.Delete(Files.Blob(missing));

        var (exitCode, report, talk) = await ScrubAsync("http://127.0.0.1:1", peer.Url);

        Assert.Equal((0, 2, 0), (exitCode, report.GetProperty("healed").GetInt64(), report.GetProperty("lost").GetInt64()));
        Assert.Equal(("corrupt", "missing"), (await Registry.PullAsync(corrupt), await Registry.PullAsync(missing)));
        Assert.False(Files.IsMarkedDamaged(corrupt) || Files.IsMarkedDamaged(missing));
        Assert.Contains("http://127.0.0.1:1/ did not give", talk, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Server.Data, "uploads")));
    }

    [Fact]
    public async Task A_peer_whose_copy_is_corrupt_too_heals_nothing()
    {
        await using var peer = new BerthServer();
        await peer.InitializeAsync();
        var digest = await Registry.PushAsync("content");
        await new RegistryPushes(peer).PushAsync("content");
        new StoredFiles(peer.Data).FlipBit(digest);
        Files.FlipBit(digest);

        var (exitCode, report, _) = await ScrubAsync(peer.Url);

        Assert.Equal((1, 1), (exitCode, report.GetProperty("lost").GetInt64()));
        await AssertLostAsync(digest);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Server.Data, "uploads")));
    }

    [Fact]
    public async Task A_copy_that_a_push_put_there_meanwhile_is_left_alone()
    {
        var digest = await Registry.PushAsync("content");
        Files.FlipBit(digest);
        var content = new ScrubbedFiles(DataDirectory.OpenExisting(Server.Data));
        var found = await content.CheckAsync(new KnownBlob(1, digest, 7, false), false, ReadPace.Unlimited, Cancelled);
        Assert.Equal(Health.Corrupt, found.Health);

        await Registry.PushAsync("content");

        Assert.False(content.IsUnchanged(digest, found));
        Assert.False(content.Quarantine(digest, found));
        Assert.Equal("content", await Registry.PullAsync(digest));
    }

    [Fact]
    public async Task There_is_one_pass_at_a_time()
    {
        using var held = DataDirectory.OpenExisting(Server.Data).TryLock(SqliteUpkeepStore.Scrub);
        (await CommandRun.OfAsync("", "scrub", "--data", Server.Data)).AssertFailed(1, "is scrubbing this data right now");
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "fast")]
    public async Task A_rate_that_is_none_is_refused(params string[] arguments) =>
        (await CommandRun.OfAsync("", ["scrub", "--data", Server.Data, .. arguments])).AssertFailed(2, "Scrub:MegabytesPerSecond is '");

    [Fact]
    public async Task A_limit_and_none_at_once_are_refused() =>
        (await CommandRun.OfAsync("", "scrub", "--data", Server.Data, "--now", "--rate", "5")).AssertFailed(2, "give one of them");

    private async Task AssertLostAsync(Digest digest)
    {
        Assert.Equal(HttpStatusCode.NotFound, await Registry.StatusAsync(HttpMethod.Head, digest));
        Assert.Equal(HttpStatusCode.NotFound, await Registry.StatusAsync(HttpMethod.Get, digest));
        Assert.True(Files.IsMarkedDamaged(digest));
        Assert.False(File.Exists(Files.Blob(digest)));
    }
}
