namespace Berth.Packaging.Build;

/// <summary>All that was found wrong before a build, so that it can be said in one go.</summary>
internal sealed class PackProblems
{
    private readonly List<PackException> _found = [];

    public void Add(PackException problem) => _found.Add(problem);

    /// <returns>Null when it failed; what was wrong is kept.</returns>
    public async Task<T?> CollectAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return await work();
        }
        catch (PackException e)
        {
            _found.Add(e);
            return null;
        }
    }

    /// <inheritdoc cref="CollectAsync{T}"/>
    public T? Collect<T>(Func<T?> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (PackException e)
        {
            _found.Add(e);
            return null;
        }
    }

    /// <exception cref="PackException">Something of this kind was found, with which nothing else can be looked at.</exception>
    public void ThrowIfAny(PackFailure failure)
    {
        if (_found.Find(e => e.Failure == failure) is { } fatal)
            throw fatal;
    }

    /// <exception cref="PackException">Something was found; its kind is the one that is to be mended first.</exception>
    public void ThrowIfAny()
    {
        if (_found is [var only])
            throw only;
        if (_found.Count > 0)
            throw new PackException(_found.Min(e => e.Failure), [.. _found.SelectMany(e => e.Problems)]);
    }
}
