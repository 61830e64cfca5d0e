using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Retention;

/// <summary>Why something is here, or where it went.</summary>
public sealed class ExplainCommandTests : RetentionTest
{
    private const string Start = "2026-01-02 03:04:05Z";

    [Fact]
    public async Task Everything_that_keeps_a_manifest_is_named()
    {
        var child = await PushAsync("config", "v1");
        var index = await PutAsync(TestImage.Index(Here, Now, [child]));
        var pack = await PushReferrerAsync(child, MediaTypes.ManagementPack);
        await PinAsync(child, Now.AddDays(3));
        await PullAsync(child);

        var lines = await LinesAsync(child);

        Assert.Equal($"{child}: alive", lines[0]);
        Assert.StartsWith("manifest in packs/here (application/vnd.oci.image.manifest.v1+json, ", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            [
                $"  tag v1, moved {Start}",
                $"  listed by the index {index}",
                "  pinned as 'kept', until 2026-01-05 03:04:05Z",
                $"  pinned by the management pack {pack}",
                $"  pulled {Start}",
            ],
            lines[2..]);
        Assert.Contains($"  refers to {child}, which is there", await LinesAsync(pack));
    }

    [Fact]
    public async Task An_untagged_manifest_is_explained_by_its_policy()
    {
        var image = await PushAsync("config");
        Assert.Contains($"  untagged since {Start}, and no policy names it", await LinesAsync(image));

        await EnableAsync("packs", policy => policy with { UntaggedAfter = TimeSpan.FromDays(14) });
        Assert.Contains($"  untagged since {Start}; the policy packs lets it go 2026-01-16 03:04:05Z", await LinesAsync(image));

        await PullAsync(image);
        Assert.Contains($"  untagged since {Start}; the policy packs lets it go 2026-02-01 03:04:05Z", await LinesAsync(image));

        await PinAsync(image);
        Assert.Contains($"  untagged since {Start}; the policy packs does not let it go", await LinesAsync(image));
    }

    [Fact]
    public async Task A_tag_that_goes_is_explained()
    {
        var image = await PushAsync("config 1", "a");
        await PushAsync("config 2", "b");
        await EnableAsync("*", policy => policy with { KeepLast = 1 });
        Assert.Contains($"  tag a, moved {Start}; goes at the next collection: policy *: not among the last 1 tags", await LinesAsync(image));
    }

    [Fact]
    public async Task Content_is_explained_from_its_push_to_its_purge()
    {
        var layer = TestImage.DigestOf("layer");
        var image = await PushAsync(Here, "config", ["layer"], "v1");
        Assert.Equal(
            [
                $"{layer}: alive",
                $"content (5 B, since {Start}), file present, verified {Start}",
                $"  packs/here: named by {image}",
                "  packs/here: lease until 2026-01-02 04:04:05Z",
            ],
            await LinesAsync(layer));

        await Store.RemoveManifestAsync(Here, image, new Deletion("somebody", "a test", Now) { Forced = true }, Cancel);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Contains("  packs/here: lease ended 2026-01-02 04:04:05Z", await LinesAsync(layer));
        await CollectAsync();
        Assert.Equal(
            [
                $"{layer}: gone",
                $"content (5 B, since {Start}), file trash, verified {Start}",
                "  in the trash since 2026-01-03 03:04:05Z",
                "journal",
            ],
            (await LinesAsync(layer))[..4]);

        Time.Advance(TimeSpan.FromDays(9));
        await CollectAsync();
        var lines = await LinesAsync(layer);
        Assert.Equal([$"{layer}: gone", "journal"], lines[..2]);
        Assert.EndsWith("(by collection); purged 2026-01-12 03:04:05Z", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("went: a test (by somebody, forced); purged 2026-01-12 03:04:05Z", (await LinesAsync(image))[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_the_same()
    {
        var image = await PushAsync("config", "v1");
        var json = (await RunAsync("explain", $"{image}", "--output", "json")).Output;
        Assert.StartsWith($$"""{"digest":"{{image}}","alive":true,"manifests":[{"repository":"packs/here",""", json, StringComparison.Ordinal);
        Assert.Contains("\"tags\":[{\"name\":\"v1\",", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_knows_is_said_to_be_unknown()
    {
        (await RunAsync("explain", $"{TestImage.DigestOf("unknown")}")).AssertFailed(1, "nothing is known of sha256:");
        (await RunAsync("explain", "sha256:short")).AssertFailed(2, "is no digest");
    }

    private async Task<string[]> LinesAsync(Digest digest)
    {
        var run = await RunAsync("explain", $"{digest}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
