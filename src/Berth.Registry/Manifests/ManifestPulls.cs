using System.Collections.Concurrent;
using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Manifests;

/// <summary>Who pulls says that something is in use. Noted in memory, to the hour, and written down now and then.</summary>
/// <remarks>A crash loses what was not written yet, which costs a manifest that nobody else protects a few seconds of the days that a pull keeps it for.</remarks>
public sealed class ManifestPulls(IMetadataStore metadata, TimeProvider time)
{
    private const int MostKnown = 100_000;

    private static readonly TimeSpan Grain = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(RepositoryName Repository, Digest Digest), long> _known = new(); // ticks
    private ConcurrentQueue<ManifestPull> _unwritten = new();

    /// <summary>A manifest was fetched without a login.</summary>
    public void Add(RepositoryName repository, Digest digest)
    {
        var now = time.GetUtcNow();
        var key = (repository, digest);
        if (_known.TryGetValue(key, out var last) && now.UtcTicks - last < Grain.Ticks)
            return;
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[key] = now.UtcTicks;
        _unwritten.Enqueue(new ManifestPull(repository, digest, now));
    }

    /// <summary>Writes down what is new. What could not be written is kept for the next time.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_unwritten.IsEmpty)
            return;
        var pulls = Interlocked.Exchange(ref _unwritten, new ConcurrentQueue<ManifestPull>());
        try
        {
            await metadata.NotePullsAsync(pulls, cancellationToken);
        }
        catch
        {
            foreach (var pull in pulls)
                _unwritten.Enqueue(pull);
            throw;
        }
    }
}
