using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Retention;

/// <summary>Which untagged manifests a policy lets go.</summary>
public sealed class ManifestRetentionTests : RetentionTest
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_manifest_goes_when_nothing_has_named_it_for_long_enough()
    {
        var never = await PushAsync("config 1");
        var once = await PushAsync("config 2", "v1");
        var tagged = await PushAsync("config 3", "v2");
        await EnableAsync("packs", policy => policy with { UntaggedAfter = 14 * Day });
        Time.Advance(10 * Day);
        await Store.RemoveTagAsync(Here, Tag.Parse("v1"), By(Now), TestContext.Current.CancellationToken);
        Time.Advance(5 * Day);

        var removed = await CollectAsync();
        Assert.Equal([never], Manifests(removed));
        Assert.Equal("policy packs: untagged for 14d", removed.Single(removal => removal.Kind is RemovalKind.Manifest).Reason);

        Time.Advance(10 * Day);
        Assert.Equal([once], Manifests(await CollectAsync()));
        Assert.True(await HasAsync(tagged));
    }

    [Fact]
    public async Task Without_a_policy_for_them_untagged_manifests_stay()
    {
        var image = await PushAsync("config 1");
        await EnableAsync("*", policy => policy with { KeepLast = 1 });
        Time.Advance(1000 * Day);
        await CollectAsync();
        Assert.True(await HasAsync(image));
    }

    [Fact]
    public async Task Pinned_pulled_and_needed_manifests_stay()
    {
        var pinned = await PushAsync("config 1");
        var pulled = await PushAsync("config 2");
        var child = await PushAsync("config 3");
        var index = await PutAsync(TestImage.Index(Here, Now, [child]));
        var packed = await PushAsync("config 4");
        var pack = await PushReferrerAsync(packed, MediaTypes.ManagementPack);
        var signature = await PushReferrerAsync(index, "application/example");
        await PinAsync(pinned);
        await PinAsync(index);
        await EnableAsync("packs", policy => policy with { UntaggedAfter = Day });
        Time.Advance(20 * Day);
        await PullAsync(pulled);
        Time.Advance(29 * Day);

        Assert.Empty(Manifests(await CollectAsync()));
        Time.Advance(2 * Day);
        Assert.Equal([pulled], Manifests(await CollectAsync()));
        foreach (var kept in new[] { pinned, child, index, packed, pack, signature })
            Assert.True(await HasAsync(kept));
    }

    [Fact]
    public async Task What_an_index_or_a_subject_held_goes_as_long_after_it()
    {
        var child = await PushAsync("config 1");
        var index = await PutAsync(TestImage.Index(Here, Now, [child]));
        var signature = await PushReferrerAsync(index, "application/example");
        await EnableAsync("packs", policy => policy with { UntaggedAfter = 2 * Day });
        Time.Advance(3 * Day);

        Assert.Equal([index], Manifests(await CollectAsync()));
        Time.Advance(Day);
        Assert.Empty(Manifests(await CollectAsync()));
        Time.Advance(Day);
        Assert.Equal([child, signature], Manifests(await CollectAsync()));
    }

    [Fact]
    public async Task A_manifest_that_was_tagged_since_it_was_found_stays()
    {
        var first = await PushAsync("config 1");
        var second = await PushAsync("config 2");
        await EnableAsync("packs", policy => policy with { UntaggedAfter = Day });
        Time.Advance(2 * Day);
        var step = new Berth.Registry.Retention.RetiredManifests(new Server.Storage.SqliteRetentionStore(Stores.Database), Day);
        var page = await step.FindAsync(null, Now, TestContext.Current.CancellationToken);
        await PushAsync("config 1", "v1");

        Assert.Equal([first, second], Manifests(page.Found));
        Assert.Equal([second], Manifests(await step.RemoveAsync(page.Found, Now, TestContext.Current.CancellationToken)));
        Assert.True(await HasAsync(first));
    }

    private static Deletion By(DateTimeOffset now) => new("somebody", "a test", now);

    private static IEnumerable<Digest> Manifests(IEnumerable<Removal> removals) =>
        removals.Where(removal => removal.Kind is RemovalKind.Manifest).Select(removal => removal.Digest!.Value);
}
