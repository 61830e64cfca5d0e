using Berth.Bench.Measuring;
using Berth.Bench.Seeding;
using Berth.Bench.Servers;

namespace Berth.Bench.Workloads;

/// <summary>Pulling, anonymously.</summary>
internal sealed class ReadWorkloads(SeededContent content, int seconds)
{
    private const int Downloads = 4;

    private static readonly Peer[] Everybody = [Peer.Berth, Peer.Distribution, Peer.Nginx];
    private static readonly Peer[] Registries = [Peer.Berth, Peer.Distribution];
    private static readonly Target[] Small = [new(Peer.Distribution, 5), new(Peer.Nginx, 0.8)];
    private static readonly Target[] Large = [new(Peer.Distribution, 1.1)];

    private readonly Wrk _wrk = new(seconds);
    private readonly HeadLoad _heads = new(seconds);
    private readonly Download _download = new(seconds);

    public IEnumerable<Workload> All()
    {
        var byDigest = SeededContent.ManifestPath(content.Image.Digest);
        var byTag = SeededContent.ManifestPath(SeededContent.Tag);
        var blob = SeededContent.BlobPath(content.LargeBlob.Digest);
        yield return Requests("manifest-digest-8", "manifest GET by digest, 8 connections", byDigest, 8);
        yield return Requests("manifest-digest-64", "manifest GET by digest, 64 connections", byDigest, 64);
        yield return Requests("manifest-tag-64", "manifest GET by tag, 64 connections", byTag, 64);
        yield return new Workload(
            "blob-head-64", "blob HEAD, 64 connections", "requests/s", Everybody,
            (server, cancelled) => _heads.RunAsync(server, blob, 64, cancelled)) { Targets = Small };
        yield return Downloading("blob-get", $"blob GET of 100 MB, {Downloads} connections", blob, tls: false);
        yield return Downloading("blob-get-tls", $"blob GET of 100 MB over TLS, {Downloads} connections", blob, tls: true);
        yield return new Workload(
            "tags-page", "tags: a page of 100 out of 100,000, 2 connections", "requests/s", Registries,
            (server, cancelled) => _wrk.GetAsync(server, SeededContent.TagPagePath, 2, cancelled)) { Targets = [new(Peer.Distribution, 100)] };
        yield return MemoryPeak.Workload("memory-read", "peak memory after the reading above");
    }

    private Workload Requests(string id, string title, string path, int connections) => new(
        id, title, "requests/s", Everybody, (server, cancelled) => _wrk.GetAsync(server, path, connections, cancelled)) { Targets = Small };

    private Workload Downloading(string id, string title, string path, bool tls) => new(
        id, title, "MB/s", Everybody,
        (server, cancelled) => _download.GetAsync(server, path, SeededContent.BlobSize, tls, Downloads, cancelled)) { Targets = Large };
}
