using Berth.Bench.Content;
using Berth.Bench.Http;
using Berth.Bench.Measuring;
using Berth.Bench.Servers;

namespace Berth.Bench.Workloads;

/// <summary>Pushing, each to a store that was made for this round.</summary>
internal static class PushWorkloads
{
    private const string Repository = "bench/push";
    private const int SmallSize = 64 * 1024;
    private const int SmallCount = 800;
    private const int LargeSize = 10 * 1024 * 1024;
    private const int ChunkedSize = 100 * 1024 * 1024;
    private const int ChunkSize = 5 * 1024 * 1024;

    private static readonly Peer[] Registries = [Peer.Berth, Peer.Distribution];
    private static readonly Target[] Small = [new(Peer.Distribution, 2)];
    private static readonly Target[] Large = [new(Peer.Distribution, 1.2)];

    private static readonly Blob[] WarmUp = new BlobSet(11, SmallSize, 256).Blobs;

    /// <summary>A store's first blobs make its directories.</summary>
    public static Task WarmUpAsync(RunningServer server, CancellationToken cancellationToken) =>
        PushLoad.RunAsync(server, Repository, 8, WarmUp, (pusher, blob) => pusher.PushAsDockerAsync(blob), cancellationToken);

    public static IEnumerable<Workload> All()
    {
        yield return Blobs("push-64k-8", "push of 64 KiB as docker does, 8 clients", 8, new(21, SmallSize, SmallCount), Small, AsDocker);
        yield return Blobs("push-64k-64", "push of 64 KiB as docker does, 64 clients", 64, new(22, SmallSize, SmallCount), Small, AsDocker);
        yield return Blobs("push-64k-put-8", "push of 64 KiB as containerd does, 8 clients", 8, new(23, SmallSize, SmallCount), Small, AsContainerd);
        yield return Blobs("push-64k-put-64", "push of 64 KiB as containerd does, 64 clients", 64, new(24, SmallSize, SmallCount), Small, AsContainerd);
        yield return Images();
        yield return Bytes("push-10m-8", "push of 10 MiB as docker does, 8 clients", 8, new(25, LargeSize, 64), AsDocker);
        yield return Bytes("push-10m-64", "push of 10 MiB as docker does, 64 clients", 64, new(26, LargeSize, 128), AsDocker);
        yield return Bytes(
            "push-chunked", "push of 100 MiB in chunks of 5 MiB, 4 clients", 4, new(27, ChunkedSize, 4),
            (pusher, blob) => pusher.PushInChunksAsync(blob, ChunkSize));
        yield return MemoryPeak.Workload("memory-push", "peak memory after the pushes above");
    }

    private static Task AsDocker(Pusher pusher, Blob blob) => pusher.PushAsDockerAsync(blob);

    private static Task AsContainerd(Pusher pusher, Blob blob) => pusher.PushAsContainerdAsync(blob);

    private static Workload Images()
    {
        var images = Image.Make(31, 80).Select((image, i) => (Image: image, Tag: $"v{i}")).ToArray();
        return new Workload(
            "push-images-8", $"push of images of {Image.Layers} layers of 64 KiB, 8 clients", "images/s", Registries,
            (server, cancelled) => PushLoad.RunAsync(
                server, Repository, 8, images, (pusher, item) => pusher.PushAsync(item.Image, item.Tag), cancelled)) { Targets = Small };
    }

    private static Workload Blobs(string id, string title, int clients, BlobSet set, Target[] targets, Func<Pusher, Blob, Task> push) => new(
        id, title, "blobs/s", Registries,
        (server, cancelled) => PushLoad.RunAsync(server, Repository, clients, set.Blobs, push, cancelled)) { Targets = targets };

    private static Workload Bytes(string id, string title, int clients, BlobSet set, Func<Pusher, Blob, Task> push) => new(
        id, title, "MB/s", Registries,
        async (server, cancelled) =>
        {
            var sample = await PushLoad.RunAsync(server, Repository, clients, set.Blobs, push, cancelled);
            return sample with { Value = sample.Value * set.Size / 1e6 };
        }) { Targets = Large };
}
