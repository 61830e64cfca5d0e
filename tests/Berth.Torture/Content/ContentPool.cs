using System.Collections.Concurrent;

namespace Berth.Torture.Content;

/// <summary>What the clients of one store push. Some of it all of them push, again and again, into different repositories.</summary>
internal sealed class ContentPool(int seed)
{
    private const int SharedCount = 40;

    private readonly ConcurrentDictionary<int, SeededBlob> _shared = new();
    private int _fresh = SharedCount;

    public SeededBlob Shared(Random random) => _shared.GetOrAdd(random.Next(SharedCount), Make);

    public SeededBlob Fresh() => Make(Interlocked.Increment(ref _fresh));

    private SeededBlob Make(int number) => new(HashCode(number));

    /// <summary>The same in every process, unlike the base class library's.</summary>
    private int HashCode(int number) => unchecked((seed * 486_187_739) + (number * 16_777_619));
}
