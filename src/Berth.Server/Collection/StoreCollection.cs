using System.Runtime.CompilerServices;
using System.Text.Json;
using Berth.Registry.Collection;
using Berth.Registry.Retention;
using Berth.Server.Api;
using Berth.Server.Storage;

namespace Berth.Server.Collection;

/// <summary>The collection of one store: what it consists of, one at a time, and what is remembered of it.</summary>
internal sealed class StoreCollection(SingleNodeStores stores, CollectionOptions options, TimeProvider time)
{
    private readonly Collector _collector = new(
    [
        new ExpiredTrash(stores.Metadata, stores.Blobs, options.Trash),
        new UnusedBlobs(stores.Metadata, stores.Blobs),
        new RetiredManifests(new SqliteRetentionStore(stores.Database), options.PulledWithin),
        new RetiredTags(new SqliteRetentionStore(stores.Database)),
    ]);

    /// <summary>What a run would take away now.</summary>
    public IAsyncEnumerable<Removal> FindAsync(CancellationToken cancellationToken) => _collector.RunAsync(dryRun: true, time.GetUtcNow(), cancellationToken);

    /// <summary>Takes it away; what was taken before a failure stays away, and is told.</summary>
    /// <exception cref="CollectionBusyException">Another one is under way, here or in another process.</exception>
    public async IAsyncEnumerable<Removal> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var one = stores.Directory.TryLock(SqliteUpkeepStore.Collection) ?? throw new CollectionBusyException();
        await stores.Upkeep.BeginAsync(SqliteUpkeepStore.Collection, time.GetUtcNow(), cancellationToken);
        var sum = new CollectionSum();
        var problem = "it was broken off";
        try
        {
            await using var removals = _collector.RunAsync(dryRun: false, time.GetUtcNow(), cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(removals, e => problem = e.Message))
            {
                sum.Add(removals.Current);
                yield return removals.Current;
            }

            problem = null;
        }
        finally
        {
            var report = JsonSerializer.Serialize(sum.ToDocument(), ServerJson.Default.CollectionDocument);
            await stores.Upkeep.EndAsync(SqliteUpkeepStore.Collection, problem, report, time.GetUtcNow(), CancellationToken.None);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Removal> removals, Action<Exception> onFailure)
    {
        try
        {
            return await removals.MoveNextAsync();
        }
        catch (Exception e)
        {
            onFailure(e);
            throw;
        }
    }
}
