using System.Runtime.CompilerServices;

namespace Berth.Registry.Collection;

/// <summary>Takes away what nothing names any more, while the registry serves.</summary>
/// <remarks>
/// Each step sees the store as it was before the others: they run from what depends on other things to what others depend on, so what one sets
/// free goes in the next run. That is why a dry run, which only finds, shows what a run at the same time takes away.
/// </remarks>
/// <param name="steps">In the order in which they run.</param>
public sealed class Collector(IReadOnlyList<ICollectionStep> steps)
{
    /// <summary>How much is taken away in one transaction: few enough for nobody to notice that it took its turn to write.</summary>
    private const int BatchSize = 64;

    /// <param name="dryRun">True to find only.</param>
    /// <returns>Everything that was taken away, or would be, as it is.</returns>
    public async IAsyncEnumerable<Removal> RunAsync(
        bool dryRun, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            string? after = null;
            do
            {
                var page = await step.FindAsync(after, now, cancellationToken);
                foreach (var batch in page.Found.Chunk(BatchSize))
                {
                    foreach (var removal in dryRun ? batch : await step.RemoveAsync(batch, now, cancellationToken))
                        yield return removal;
                }

                after = page.Next;
            }
            while (after is not null);
        }
    }
}
