using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Storage;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Retention;

/// <summary>Bringing back what was removed.</summary>
public sealed class RestoreDeletedTests : RetentionTest
{
    private Deletion Deletion => new("somebody", "a test", Now);

    [Fact]
    public async Task A_manifest_comes_back_with_its_tags_and_content_after_collection()
    {
        var digest = await PushAsync(Here, "config", ["layer"], "v1", "latest");
        var before = (await Store.FindManifestAsync(Here, ManifestReference.To(digest), Cancel))!;
        await RemoveAsync(digest);
        await CollectLaterAsync();
        Assert.Null(await Stores.Blobs.FindSizeAsync(TestImage.DigestOf("layer"), Cancel));

        var dry = await RestoreAsync($"packs/here@{digest}", "--dry-run");
        Assert.False(await HasAsync(digest));
        var run = await RestoreAsync($"packs/here@{digest}");

        Assert.Equal($"packs/here@{digest}\npacks/here:latest ({digest})\npacks/here:v1 ({digest})\n", run.Output);
        Assert.Equal(dry.Output, run.Output);
        Assert.Equal("1 manifests and 2 tags are restored.\n", run.Error);
        Assert.Equal(["latest", "v1"], await TagsAsync());
        Assert.Equal(before.Bytes.ToArray(), (await Store.FindManifestAsync(Here, ManifestReference.To(digest), Cancel))!.Bytes.ToArray());
        Assert.Equal(5, await Stores.Blobs.FindSizeAsync(TestImage.DigestOf("layer"), Cancel));
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
        await CollectLaterAsync();
        Assert.Equal(5, await Stores.Blobs.FindSizeAsync(TestImage.DigestOf("layer"), Cancel));
        (await RestoreAsync($"packs/here@{digest}")).AssertFailed(1, "berth trash list packs/here");
    }

    [Fact]
    public async Task A_tag_comes_back_and_brings_its_manifest()
    {
        var digest = await PushAsync("config", "v1", "v2");
        await Store.RemoveTagAsync(Here, Tag.Parse("v1"), Deletion, Cancel);
        Assert.Equal($"packs/here:v1 ({digest})\n", (await RestoreAsync("packs/here:v1")).Output);
        Assert.Equal(["v1", "v2"], await TagsAsync());

        await RemoveAsync(digest);
        Assert.Equal($"packs/here@{digest}\npacks/here:v2 ({digest})\n", (await RestoreAsync("packs/here:v2")).Output);
        Assert.Equal(["v2"], await TagsAsync());
    }

    [Fact]
    public async Task A_tag_that_names_something_else_by_now_stays_as_it_is()
    {
        var old = await PushAsync("config 1", "v1", "v2");
        await RemoveAsync(old);
        var current = await PushAsync("config 2", "v1");
        Assert.Contains("tag packs/here:v2", (await ListAsync())[2], StringComparison.Ordinal);

        var run = await RestoreAsync($"packs/here@{old}");

        Assert.Contains("The tag v1 names something else by now", run.Error, StringComparison.Ordinal);
        Assert.Equal(current, (await Store.FindManifestAsync(Here, ManifestReference.To(Tag.Parse("v1")), Cancel))!.Digest);
        Assert.Equal(old, (await Store.FindManifestAsync(Here, ManifestReference.To(Tag.Parse("v2")), Cancel))!.Digest);
    }

    [Fact]
    public async Task An_index_brings_back_its_manifests_and_keeps_them()
    {
        var child = await PushAsync("config", "child");
        var index = await PutAsync(TestImage.Index(Here, Now, [child], "v1"));
        await RemoveAsync(index);
        await RemoveAsync(child);
        await CollectLaterAsync();

        await RestoreAsync("packs/here:v1");

        Assert.True(await HasAsync(child));
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveManifestAsync(Here, child, Deletion, Cancel));
    }

    [Fact]
    public async Task Nothing_comes_back_when_content_was_purged_or_is_wrong()
    {
        var digest = await PushAsync(Here, "config", ["layer"], "v1");
        await RemoveAsync(digest);
        await CollectLaterAsync();
        var file = Path.Combine(Data, "trash", "sha256", $"{TestImage.DigestOf("layer").Hex[..2]}", $"{TestImage.DigestOf("layer").Hex}");
        await File.WriteAllTextAsync(file, "LAYER", Cancel);

        (await RestoreAsync("packs/here:v1")).AssertFailed(1, $"{TestImage.DigestOf("layer")}; nothing was restored");
        Assert.False(await HasAsync(digest));
        Assert.Null(await Store.FindBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));

        File.Delete(Path.Combine(Data, "blobs", "sha256", $"{TestImage.DigestOf("layer").Hex[..2]}", $"{TestImage.DigestOf("layer").Hex}"));
        (await RestoreAsync("packs/here:v1")).AssertFailed(1, "nothing was restored");
        Assert.Empty(await TagsAsync());
    }

    [Fact]
    public async Task What_left_the_trash_is_gone()
    {
        var digest = await PushAsync("config", "v1");
        await RemoveAsync(digest);
        await CollectLaterAsync();
        Time.Advance(TimeSpan.FromDays(8));
        await CollectAsync();

        (await RestoreAsync($"packs/here@{digest}")).AssertFailed(1, "the trash holds no such manifest");
        (await RestoreAsync("--id", "1")).AssertFailed(1, "the trash holds no entry 1");
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_manifest_that_was_pushed_again_counts_as_restored()
    {
        var digest = await PushAsync("config", "v1");
        await RemoveAsync(digest);
        await PushAsync("config");

        Assert.Equal(0, (await RestoreAsync($"packs/here@{digest}")).ExitCode);
        Assert.Equal(["v1"], await TagsAsync());
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task The_trash_is_listed_with_who_and_why()
    {
        var digest = await PushAsync("config", "v1");
        await RemoveAsync(digest);
        await PushAsync(There, "config", [], "v1");

        Assert.Equal(
            [
                $"#1 2026-01-02 03:04:05Z manifest packs/here@{digest} went: a test (by somebody); in the trash until 2026-01-09 03:04:05Z",
                $"#2 2026-01-02 03:04:05Z tag packs/here:v1 ({digest}) went: a test (by somebody), part of #1; in the trash until 2026-01-09 03:04:05Z",
            ],
            await ListAsync());
        Assert.Equal("", (await RunAsync("trash", "list", "packs/there")).Output);
        Assert.Contains("\"part_of\":1,\"trash_until\"", (await RunAsync("trash", "list", "--output", "json")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NAME or --id")]
    [InlineData("NAME or --id", "packs/here", "--id", "1")]
    [InlineData("names nothing", "Packs/here")]
    public async Task What_cannot_be_restored_is_refused(string problem, params string[] arguments) =>
        (await RestoreAsync(arguments)).AssertFailed(2, problem);

    [Fact]
    public async Task A_removed_repository_shows_no_more_and_comes_back()
    {
        var child = await PushAsync("config 1");
        var index = await PutAsync(TestImage.Index(Here, Now, [child], "v1"));
        var image = await PushAsync("config 2", "v2", "latest");
        var upload = UploadId.New();
        await (await Stores.Blobs.BeginUploadAsync(upload, Cancel)).DisposeAsync();
        await Store.AddUploadAsync(Here, upload, Now, Cancel);

        Assert.Equal("packs/here (3 manifests, 3 tags)\n", (await RunAsync("repo", "list")).Output);
        Assert.Equal(0, (await RunAsync("repo", "remove", "packs/here")).ExitCode);
        Assert.False(await Store.HasUploadAsync(Here, upload, Cancel));
        Assert.Null(await Stores.Blobs.ResumeUploadAsync(upload, Cancel));
        await CollectLaterAsync();
        Assert.Empty(await Store.ListRepositoriesAsync(null, 10, Cancel));
        Assert.Null(await Store.ListTagsAsync(Here, null, 10, Cancel));
        Assert.Equal("[]\n", (await RunAsync("repo", "list", "--output", "json")).Output);
        (await RunAsync("repo", "remove", "packs/here")).AssertFailed(1, "there is no repository");

        Assert.Equal("3 manifests and 3 tags are restored.\n", (await RestoreAsync("packs/here")).Error);
        Assert.Equal(["latest", "v1", "v2"], await TagsAsync());
        Assert.Equal([Here], await Store.ListRepositoriesAsync(null, 10, Cancel));
        foreach (var digest in new[] { child, index, image })
            Assert.True(await HasAsync(digest));
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveManifestAsync(Here, child, Deletion, Cancel));
    }

    [Fact]
    public async Task A_repository_with_something_protected_is_removed_only_when_forced()
    {
        await PushAsync("config 1", "v1");
        var pulled = await PushAsync("config 2", "v2");
        await PullAsync(pulled);
        (await RunAsync("repo", "remove", "packs/here")).AssertFailed(1, $"{pulled} was pulled not long ago; --force");
        await PinAsync(pulled);
        Time.Advance(TimeSpan.FromDays(31));
        (await RunAsync("repo", "remove", "packs/here")).AssertFailed(1, $"{pulled} is pinned; --force");
        Assert.Equal(["v1", "v2"], await TagsAsync());

        Assert.Equal(0, (await RunAsync("repo", "remove", "packs/here", "--force")).ExitCode);
        Assert.Empty(await TagsAsync());
        Assert.All((await ListAsync()).Take(1), line => Assert.Contains(", forced)", line, StringComparison.Ordinal));
    }

    private async Task<List<string>> ListAsync() =>
        [.. (await RunAsync("trash", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private async Task RemoveAsync(Digest digest) =>
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, digest, Deletion, Cancel));

    /// <summary>After all leases have ended.</summary>
    private async Task CollectLaterAsync()
    {
        Time.Advance(TimeSpan.FromDays(2));
        await CollectAsync();
    }

    private Task<CommandRun> RestoreAsync(params string[] arguments) => RunAsync(["restore-deleted", .. arguments]);
}
