using Berth.Oci;
using Berth.Registry.Retention;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Retention;

/// <summary>A dry run shows what a run at the same time then does, whatever the store is like.</summary>
public sealed class DryRunTests : RetentionTest
{
    private static readonly RepositoryName[] Repositories = [Here, There, RepositoryName.Parse("other")];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_dry_run_finds_what_a_run_removes(int seed)
    {
        var random = new Random(seed);
        var manifests = new List<(RepositoryName Repository, Digest Digest)>();
        await SetPoliciesAsync(random);
        for (var i = 0; i < 60; i++)
        {
            await StepAsync(random, manifests, i);
            Time.Advance(TimeSpan.FromHours(random.Next(12)));
            if (i % 20 == 19)
                await CompareAsync();
        }

        Time.Advance(TimeSpan.FromDays(40));
        for (var i = 0; i < 4; i++)
            await CompareAsync();
    }

    private async Task CompareAsync()
    {
        var dry = (await Collection.FindAsync(Cancel).ToListAsync(Cancel)).Select(removal => removal.ToString());
        var wet = (await CollectAsync()).Select(removal => removal.ToString());
        Assert.Equal(dry, wet);
        Time.Advance(TimeSpan.FromHours(30));
    }

    private async Task SetPoliciesAsync(Random random)
    {
        Assert.True(TagPattern.TryParse("t1*", out var pattern));
        await EnableAsync("*", policy => policy with { UntaggedAfter = TimeSpan.FromHours(random.Next(1, 100)), KeepLast = random.Next(1, 4) });
        await EnableAsync("packs", policy => policy with
        {
            UntaggedAfter = TimeSpan.FromHours(random.Next(1, 100)), KeepMatching = [pattern], KeepPulled = TimeSpan.FromHours(random.Next(1, 100)),
        });
    }

    private async Task StepAsync(Random random, List<(RepositoryName Repository, Digest Digest)> manifests, int i)
    {
        var repository = Repositories[random.Next(Repositories.Length)];
        var known = manifests.Where(one => one.Repository == repository).Select(one => one.Digest).ToList();
        var present = known.Where(digest => HasAsync(digest, repository).GetAwaiter().GetResult()).ToList();
        string[] tags = random.Next(3) == 0 ? [] : [$"t{random.Next(20)}"];
        await PushBlobAsync(repository, "config");
        if (present.Count == 0 || random.Next(3) == 0)
        {
            manifests.Add((repository, await PushAsync(repository, $"config {i}", [$"layer {random.Next(10)}"], tags)));
            return;
        }

        var one = present[random.Next(present.Count)];
        switch (random.Next(5))
        {
            case 0:
                manifests.Add((repository, await PutAsync(TestImage.Index(repository, Now, [.. present.Take(2), one], tags))));
                break;
            case 1:
                manifests.Add((repository, await PutAsync(TestImage.Referrer(repository, Now, one, $"application/{i}"))));
                break;
            case 2 when random.Next(3) == 0:
                manifests.Add((repository, await PutAsync(TestImage.Referrer(repository, Now, one, MediaTypes.ManagementPack))));
                break;
            case 3:
                await Store.NotePullsAsync([new Berth.Registry.Storage.ManifestPull(repository, one, Now)], Cancel);
                break;
            default:
                await Store.RemoveTagAsync(repository, Tag.Parse($"t{random.Next(20)}"), Cancel);
                break;
        }
    }
}
