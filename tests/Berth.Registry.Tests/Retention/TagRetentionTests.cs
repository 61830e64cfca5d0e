using Berth.Registry.Retention;

namespace Berth.Registry.Tests.Retention;

/// <summary>Which tags a policy lets go.</summary>
public sealed class TagRetentionTests : RetentionTest
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task The_last_tags_to_be_moved_stay()
    {
        await PushEachDayAsync("a", "b", "c", "d");
        await PushAsync("config a", "a"); // put again where it is: that counts as moved
        await EnableAsync("packs", policy => policy with { KeepLast = 2 });

        var removed = await CollectAsync();

        Assert.Equal(["a", "d"], await TagsAsync());
        Assert.Equal(["b", "c"], removed.Select(removal => removal.Tag.ToString()));
        Assert.All(removed, removal => Assert.Equal("policy packs: not among the last 2 tags", removal.Reason));
    }

    [Fact]
    public async Task What_any_rule_names_stays()
    {
        var pulled = await PushAsync("config 0", "pulled");
        await PushEachDayAsync("v1.0", "v1.1", "dev-1", "dev-2", "dev-3");
        await PullAsync(pulled);
        await EnableAsync("packs", policy => policy with
        {
            KeepLast = 1, KeepMatching = [Pattern("v?.*"), Pattern("latest")], KeepNewer = 2.5 * Day, KeepPulled = Day,
        });

        await CollectAsync();
        Assert.Equal(["dev-2", "dev-3", "pulled", "v1.0", "v1.1"], await TagsAsync());

        Time.Advance(3 * Day);
        var removed = await CollectAsync();
        Assert.Equal(["dev-3", "v1.0", "v1.1"], await TagsAsync());
        Assert.Equal(
            "policy packs: not among the last 1 tags, not matching v?.* or latest, not newer than 60h, not pulled within 1d", removed[0].Reason);
    }

    [Fact]
    public async Task A_tag_on_a_pinned_manifest_stays_until_the_pin_ends()
    {
        await PushEachDayAsync("a", "b");
        await PinAsync(await PushAsync("config c", "c"), ends: Now + (10 * Day));
        await PushReferrerAsync(await PushAsync("config d", "d"), Oci.MediaTypes.ManagementPack);
        await EnableAsync("packs", policy => policy with { KeepMatching = [Pattern("b")] });

        await CollectAsync();
        Assert.Equal(["b", "c", "d"], await TagsAsync());

        Time.Advance(11 * Day);
        await CollectAsync();
        Assert.Equal(["b", "d"], await TagsAsync());
    }

    [Fact]
    public async Task An_immutable_tag_stays()
    {
        await PushEachDayAsync("v1", "b");
        await EnableAsync("packs", policy => policy with { KeepLast = 1, ImmutableTags = [Pattern("v*")] });
        await CollectAsync();
        Assert.Equal(["b", "v1"], await TagsAsync());
    }

    [Fact]
    public async Task The_longest_prefix_counts_alone_and_only_when_it_is_enabled()
    {
        await PushEachDayAsync("a", "b");
        await PushAsync(There, "config", [], "a", "b");
        await EnableAsync("*", policy => policy with { KeepLast = 1 });
        await EnableAsync("packs/here", policy => policy with { UntaggedAfter = Day });

        await CollectAsync();
        Assert.Equal(["a", "b"], await TagsAsync(Here));
        Assert.Equal(["b"], await TagsAsync(There));

        await Policies.RemoveAsync(Policies.List()[1].Prefix, Cancel);
        await Policies.DisableAsync(Policies.List()[0].Prefix, Cancel);
        await CollectAsync();
        Assert.Equal(["a", "b"], await TagsAsync(Here));

        await EnableAsync("*", policy => policy with { KeepLast = 1 });
        await CollectAsync();
        Assert.Equal(["b"], await TagsAsync(Here));
    }

    [Fact]
    public async Task A_policy_that_keeps_no_tags_removes_none()
    {
        await PushEachDayAsync("a", "b");
        await EnableAsync("*", policy => policy with { UntaggedAfter = Day });
        Time.Advance(100 * Day);
        await CollectAsync();
        Assert.Equal(["a", "b"], await TagsAsync());
    }

    [Fact]
    public async Task A_tag_that_moved_since_it_was_found_stays()
    {
        await PushEachDayAsync("a", "b");
        await EnableAsync("packs", policy => policy with { KeepNewer = Day });
        Time.Advance(2 * Day);
        var step = new RetiredTags(new Server.Storage.SqliteRetentionStore(Stores.Database));
        var page = await step.FindAsync(null, Now, Cancel);
        await PushAsync("config other", "a");

        var removed = await step.RemoveAsync(page.Found, Now, Cancel);

        Assert.Equal(["b"], removed.Select(removal => removal.Tag.ToString()));
        Assert.Equal(["a"], await TagsAsync());
    }

    [Fact]
    public async Task Many_tags_are_looked_at_a_page_at_a_time()
    {
        var tags = Enumerable.Range(0, 2500).Select(i => $"t{i:D4}").ToArray();
        await PushAsync("config", tags);
        await EnableAsync("*", policy => policy with { KeepLast = 3 });

        var removed = await CollectAsync();

        Assert.Equal(tags[..^3], removed.Select(removal => removal.Tag.ToString()));
        Assert.Equal(tags[^3..], await TagsAsync());
    }

    private static TagPattern Pattern(string text)
    {
        Assert.True(TagPattern.TryParse(text, out var pattern));
        return pattern;
    }

    private async Task PushEachDayAsync(params string[] tags)
    {
        foreach (var tag in tags)
        {
            await PushAsync($"config {tag}", tag);
            Time.Advance(Day);
        }
    }
}
