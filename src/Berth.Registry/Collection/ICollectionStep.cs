namespace Berth.Registry.Collection;

/// <summary>One kind of thing that is collected. Finding changes nothing and looks at a part of the store at a time, so that nobody waits for it.</summary>
public interface ICollectionStep
{
    /// <param name="after">Where the page before ended; null for the first.</param>
    ValueTask<CollectionPage> FindAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes away what was found, as far as it still may go: each is asked again in the transaction that takes it.</summary>
    /// <returns>What was taken away.</returns>
    ValueTask<IReadOnlyList<Removal>> RemoveAsync(IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record CollectionPage(IReadOnlyList<Removal> Found, string? Next)
{
    public static CollectionPage Empty { get; } = new([], null);
}
