using Berth.Bench.Http;
using Berth.Bench.Servers;

namespace Berth.Bench.Seeding;

/// <summary>Fills the three stores that are read from: over the protocol, except where that would take minutes.</summary>
internal sealed class ReadStores(SeededContent content)
{
    private const int TagsInOneRequest = 500;

    public async Task SeedAsync(Peer peer, ServerSettings settings, CancellationToken cancellationToken)
    {
        if (peer is Peer.Nginx)
        {
            WriteFiles(settings.Data);
            return;
        }

        await using (var server = ServerStart.Start(peer, settings with { Tls = null }))
        {
            await ServerStart.WaitAsync(server, "/v2/", cancellationToken);
            await PushAsync(server, cancellationToken);
            if (peer is Peer.Berth)
                await TagOverTheProtocolAsync(server, cancellationToken);
        }

        if (peer is Peer.Distribution)
            TagInTheStore(settings.Data);
    }

    private async Task PushAsync(RunningServer server, CancellationToken cancellationToken)
    {
        await Login.ForAsync(server, SeededContent.Repository, cancellationToken);
        using var pusher = await Pusher.OpenAsync(server, SeededContent.Repository, cancellationToken);
        await pusher.PushAsync(content.Image, SeededContent.Tag);
        await pusher.PushAsDockerAsync(content.LargeBlob);
        await Login.ForAsync(server, SeededContent.TagsRepository, cancellationToken);
        using var other = await Pusher.OpenAsync(server, SeededContent.TagsRepository, cancellationToken);
        await other.PushAsync(content.Image, SeededContent.TagName(0));
    }

    private async Task TagOverTheProtocolAsync(RunningServer server, CancellationToken cancellationToken)
    {
        using var pusher = await Pusher.OpenAsync(server, SeededContent.TagsRepository, cancellationToken);
        for (var first = 0; first < SeededContent.TagCount; first += TagsInOneRequest)
        {
            var query = string.Join('&', Enumerable.Range(first, TagsInOneRequest).Select(i => $"tag={SeededContent.TagName(i)}"));
            await pusher.PutManifestAsync(content.Image.Manifest, $"{content.Image.Digest}?{query}");
        }
    }

    /// <summary>A tag is a directory, which is all that a listing looks at; it takes a request for each to have the server write them.</summary>
    private static void TagInTheStore(string data)
    {
        var tags = Path.Combine(data, "docker/registry/v2/repositories", SeededContent.TagsRepository, "_manifests/tags");
        for (var i = 1; i < SeededContent.TagCount; i++)
            Directory.CreateDirectory(Path.Combine(tags, SeededContent.TagName(i)));
    }

    private void WriteFiles(string data)
    {
        Write(data, SeededContent.ManifestPath(content.Image.Digest), content.Image.Manifest);
        Write(data, SeededContent.ManifestPath(SeededContent.Tag), content.Image.Manifest);
        Write(data, SeededContent.BlobPath(content.LargeBlob.Digest), content.LargeBlob.Head, content.LargeBlob.Set.Tail);
    }

    private static void Write(string data, string path, params byte[][] parts)
    {
        var file = data + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var stream = File.Create(file);
        foreach (var part in parts)
            stream.Write(part);
    }
}
