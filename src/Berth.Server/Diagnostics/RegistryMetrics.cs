using System.Diagnostics.Metrics;
using Berth.Registry.Upkeep;

namespace Berth.Server.Diagnostics;

/// <summary>What the server counts. Counting takes neither a lock nor memory; whoever reads the instruments does the work.</summary>
/// <remarks>No name of a repository, user or address is in it: anybody may read it.</remarks>
internal sealed class RegistryMetrics : IDisposable
{
    private static readonly KeyValuePair<string, object?>[] Classes =
        [.. Enumerable.Range(1, 5).Select(number => KeyValuePair.Create<string, object?>("status", $"{number}xx"))];

    private readonly long[] _requests = new long[Classes.Length];
    private long _sent;
    private long _received;
    private long _collections;
    private long _collected;
    private long _freed;
    private long _checked;
    private long _damaged;
    private long _healed;

    public RegistryMetrics(StoreGauges store)
    {
        Meter.CreateObservableCounter("berth.requests", Requests, description: "Requests answered, by class of the status");
        Count("berth.sent", () => Interlocked.Read(ref _sent), "Bytes of answers' bodies", "By");
        Count("berth.received", () => Interlocked.Read(ref _received), "Bytes of requests' bodies", "By");
        Count("berth.collection.runs", () => Interlocked.Read(ref _collections), "Collections that this server made");
        Count("berth.collection.removed", () => Interlocked.Read(ref _collected), "What they put into the trash or freed");
        Count("berth.collection.freed", () => Interlocked.Read(ref _freed), "Bytes that they freed", "By");
        Count("berth.scrub.checked", () => Interlocked.Read(ref _checked), "Blobs that this server read and compared with their digests");
        Count("berth.scrub.damaged", () => Interlocked.Read(ref _damaged), "Blobs that were found corrupt or missing");
        Count("berth.scrub.healed", () => Interlocked.Read(ref _healed), "Blobs that were healed");
        store.AddTo(Meter);
    }

    public Meter Meter { get; } = new("Berth");

    /// <summary>Around every request, errors included.</summary>
    public Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var answer = next(http);
        if (!answer.IsCompletedSuccessfully)
            return CountedAsync(http, answer);
        Answered(http);
        return Task.CompletedTask;
    }

    public void Collected(long removed, long bytes)
    {
        Interlocked.Increment(ref _collections);
        Interlocked.Add(ref _collected, removed);
        Interlocked.Add(ref _freed, bytes);
    }

    public void Scrubbed() => Interlocked.Increment(ref _checked);

    public void Found(ScrubFinding finding)
    {
        if (finding.Kind is ScrubFindingKind.Corrupt or ScrubFindingKind.Missing)
            Interlocked.Increment(ref _damaged);
        else if (finding.Kind is ScrubFindingKind.Healed)
            Interlocked.Increment(ref _healed);
    }

    public void Dispose() => Meter.Dispose();

    private async Task CountedAsync(HttpContext http, Task answer)
    {
        try
        {
            await answer;
        }
        finally
        {
            Answered(http);
        }
    }

    private void Answered(HttpContext http)
    {
        var status = (http.Response.StatusCode / 100) - 1;
        if ((uint)status < (uint)_requests.Length)
            Interlocked.Increment(ref _requests[status]);
        var facts = http.Features.Get<RequestFacts>();
        var streamed = facts?.BytesSent ?? 0;
        Add(ref _sent, streamed > 0 || HttpMethods.IsHead(http.Request.Method) ? streamed : http.Response.ContentLength ?? 0);
        Add(ref _received, facts is { BytesReceived: > 0 } ? facts.BytesReceived : http.Request.ContentLength ?? 0);
    }

    private static void Add(ref long sum, long bytes)
    {
        if (bytes > 0)
            Interlocked.Add(ref sum, bytes);
    }

    private IEnumerable<Measurement<long>> Requests()
    {
        for (var i = 0; i < _requests.Length; i++)
            yield return new Measurement<long>(Interlocked.Read(ref _requests[i]), Classes[i]);
    }

    private void Count(string name, Func<long> read, string description, string? unit = null) =>
        Meter.CreateObservableCounter(name, read, unit, description);
}
