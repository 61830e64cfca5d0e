using System.Collections.Concurrent;
using System.Net;
using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Manifests;

/// <summary>Who pulls says that something is in use. Noted in memory, to the hour, and written down a little later.</summary>
/// <remarks>
/// Clients that delete look first, and many do so without the login that they delete with: for a minute it is open whether somebody pulled or was
/// about to delete. A crash loses what was not written yet, which costs a manifest that nobody else protects that minute of the days that a pull
/// keeps it for.
/// </remarks>
public sealed class ManifestPulls(IMetadataStore metadata, TimeProvider time)
{
    private const int MostKnown = 100_000;

    private static readonly TimeSpan Grain = TimeSpan.FromHours(1);
    private static readonly TimeSpan Open = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Use, long> _known = new(); // ticks
    private readonly ConcurrentDictionary<Use, DateTimeOffset> _unwritten = new();

    /// <summary>A manifest was fetched without a login.</summary>
    /// <param name="from">Where the client is; null when that is not known.</param>
    public void Add(RepositoryName repository, Digest digest, IPAddress? from)
    {
        var now = time.GetUtcNow();
        var use = new Use(repository, digest, _unwritten.Count < MostKnown ? from : null);
        if (_known.TryGetValue(use, out var last) && now.UtcTicks - last < Grain.Ticks)
            return;
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[use] = now.UtcTicks;
        _unwritten[use] = now;
    }

    /// <summary>Who deletes from there now was looking at it in the last minute, not using it.</summary>
    public void Forget(RepositoryName repository, Digest digest, IPAddress? from)
    {
        var use = new Use(repository, digest, from);
        if (_unwritten.TryGetValue(use, out var at) && time.GetUtcNow() - at < Open && _unwritten.TryRemove(KeyValuePair.Create(use, at)))
            _known.TryRemove(use, out _);
    }

    /// <summary>Writes down all that is new.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => WriteAsync(Snapshot(), cancellationToken);

    /// <summary>Writes down what is a minute old.</summary>
    public ValueTask FlushClosedAsync(CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - Open;
        return WriteAsync(Array.FindAll(Snapshot(), pull => pull.Value <= limit), cancellationToken);
    }

    /// <summary>By its own method, at one moment: a spread copies as many as were counted before, with nothing in the places of those that left since.</summary>
    private KeyValuePair<Use, DateTimeOffset>[] Snapshot()
    {
#pragma warning disable IDE0305 // see above
        return _unwritten.ToArray();
#pragma warning restore IDE0305
    }

    /// <summary>What could not be written is kept for the next time.</summary>
    private async ValueTask WriteAsync(KeyValuePair<Use, DateTimeOffset>[] pulls, CancellationToken cancellationToken)
    {
        if (pulls.Length == 0)
            return;
        await metadata.NotePullsAsync(
            [.. pulls.Select(pull => new ManifestPull(pull.Key.Repository, pull.Key.Digest, pull.Value))], cancellationToken);
        foreach (var pull in pulls)
            _unwritten.TryRemove(pull);
    }

    private readonly record struct Use(RepositoryName Repository, Digest Digest, IPAddress? From);
}
