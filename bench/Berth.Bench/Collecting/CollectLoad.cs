using System.Collections.Concurrent;
using System.Diagnostics;
using Berth.Bench.Content;
using Berth.Bench.Http;
using Berth.Bench.Seeding;
using Berth.Bench.Servers;

namespace Berth.Bench.Collecting;

/// <summary>
/// Clients that ask at a steady pace, which leaves the machine room: what is looked for is a request that waits for something, not how many
/// the server can answer.
/// </summary>
internal sealed class CollectLoad(RunningServer server)
{
    public const string PushRepository = "bench/first";

    private const int Readers = 2;
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PushPause = TimeSpan.FromMilliseconds(20);

    private static long _pushed = int.MaxValue; // numbers that no seeded image has

    private readonly ConcurrentBag<(RequestKind Kind, double Milliseconds)> _samples = [];

    /// <summary>Runs until <paramref name="over"/> completes.</summary>
    public async Task<IReadOnlyDictionary<RequestKind, double[]>> RunAsync(Func<CancellationToken, Task> over, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Func<int, RawConnection, Task>[] clients = [GetManifestAsync, GetBlobAsync, HeadBlobAsync];
        Task[] load =
        [
            .. clients.SelectMany(client => Enumerable.Range(0, Readers).Select(seed => RepeatAsync(client, ReadPause, seed, end.Token))),
            RepeatAsync(PushAsync, PushPause, 0, end.Token),
        ];
        var first = await Task.WhenAny([over(end.Token), .. load]);
        await end.CancelAsync();
        await first;
        await Task.WhenAll(load);
        return _samples.GroupBy(sample => sample.Kind).ToDictionary(kind => kind.Key, kind => kind.Select(sample => sample.Milliseconds).ToArray());
    }

    private async Task RepeatAsync(Func<int, RawConnection, Task> request, TimeSpan pause, int seed, CancellationToken end)
    {
        using var connection = await RawConnection.OpenAsync(server.Port, end);
        var random = new Random(seed);
        while (!end.IsCancellationRequested)
        {
            await request(random.Next(), connection);
            await Task.Delay(pause, TimeProvider.System, end).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private Task GetManifestAsync(int random, RawConnection connection)
    {
        var (repository, image) = Pick(random);
        return TimeAsync(
            RequestKind.ManifestGet, connection, "GET", $"/v2/{repository}/manifests/{LargeStore.TagName(image % CollectOptions.ManifestsInEach)}", 200);
    }

    private Task GetBlobAsync(int random, RawConnection connection) => TimeAsync(RequestKind.BlobGet, connection, "GET", BlobPath(random), 200);

    private Task HeadBlobAsync(int random, RawConnection connection) => TimeAsync(RequestKind.BlobHead, connection, "HEAD", BlobPath(random), 200);

    /// <summary>Content in one request, then an image of it and what was there.</summary>
    private async Task PushAsync(int random, RawConnection connection)
    {
        var image = SmallImage.Make(Interlocked.Increment(ref _pushed));
        foreach (var blob in image.Blobs)
        {
            await TimeAsync(
                RequestKind.BlobPush, connection, "POST", $"/v2/{PushRepository}/blobs/uploads/?digest={blob.Digest}", 201,
                $"{server.Authorization}Content-Length: {blob.Bytes.Length}\r\n", blob.Bytes);
        }

        await TimeAsync(
            RequestKind.ManifestPush, connection, "PUT", $"/v2/{PushRepository}/manifests/t{random % 100}", 201,
            $"{server.Authorization}Content-Type: {Image.MediaType}\r\nContent-Length: {image.Manifest.Length}\r\n", image.Manifest);
    }

    private static (string Repository, int Image) Pick(int random) =>
        (CollectStore.RepositoryName(random % CollectOptions.ReadRepositories), random / CollectOptions.ReadRepositories % CollectOptions.ManifestsInEach);

    private static string BlobPath(int random)
    {
        var (repository, image) = Pick(random);
        var number = CollectStore.ImageNumber(random % CollectOptions.ReadRepositories, image);
        return $"/v2/{repository}/blobs/{SmallImage.Make(number).Blobs[random % SmallImage.BlobsInEach].Digest}";
    }

    private async Task TimeAsync(
        RequestKind kind, RawConnection connection, string method, string path, int status, string headers = "", ReadOnlyMemory<byte> body = default)
    {
        var accept = method is "GET" ? "Accept: */*\r\n" : "";
        var began = Stopwatch.GetTimestamp();
        var response = await connection.SendAsync(method, path, accept + headers, body, default, CancellationToken.None);
        _samples.Add((kind, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        if (response.Status != status)
            throw new BenchException($"{method} {path} was answered with {response.Status}, {status} is expected");
    }
}
