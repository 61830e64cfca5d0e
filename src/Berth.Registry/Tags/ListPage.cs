namespace Berth.Registry.Tags;

/// <summary>One page of a list in ordinal order.</summary>
/// <param name="HasMore">Whether something sorts after the last item.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, bool HasMore)
{
    /// <summary>A page out of up to <paramref name="size"/> + 1 items.</summary>
    internal static ListPage<T> Of(IReadOnlyList<T> items, int size) =>
        items.Count > size ? new ListPage<T>([.. items.Take(size)], size > 0) : new ListPage<T>(items, false);
}
