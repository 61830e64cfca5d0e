namespace Berth.Server.Backup;

/// <summary>Does the same to a lot of content, several at a time: one waits for the disk while others hash.</summary>
internal static class ContentWork
{
    private const int AtOnce = 4;

    /// <returns>What did not turn out good, in the order of digests.</returns>
    public static async Task<IReadOnlyList<(Content Content, ContentState State)>> RunAsync(
        IEnumerable<Content> contents, Func<Content, CancellationToken, ContentState> work, CancellationToken cancellationToken)
    {
        var bad = new List<(Content Content, ContentState State)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(contents, options, (content, cancelled) =>
        {
            if (work(content, cancelled) is not ContentState.Good and var state)
            {
                lock (bad)
                    bad.Add((content, state));
            }

            return ValueTask.CompletedTask;
        });
        return [.. bad.OrderBy(item => item.Content.Digest.ToString(), StringComparer.Ordinal)];
    }
}
