using System.Collections.Concurrent;
using Berth.Oci.Client.Push;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>Keeps what an observer of a push is told.</summary>
internal sealed class PushLog : IBlobPushObserver
{
    public ConcurrentQueue<string> Events { get; } = new();

    public ConcurrentQueue<(string What, string Reason, TimeSpan Wait)> Retries { get; } = new();

    public long Furthest { get; private set; }

    public void Started(Descriptor blob) => Events.Enqueue("started");

    public void Skipped(Descriptor blob) => Events.Enqueue("skipped");

    public void Mounted(Descriptor blob) => Events.Enqueue("mounted");

    public void Progress(Descriptor blob, long bytes) => Furthest = Math.Max(Furthest, bytes);

    public void Done(Descriptor blob) => Events.Enqueue("done");

    public void Retrying(string what, string reason, TimeSpan wait) => Retries.Enqueue((what, reason, wait));
}
