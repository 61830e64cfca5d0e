using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Berth.Registry.Collection;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;

namespace Berth.Registry.Tests.Backup;

/// <summary>Backups by a process of its own, while others push and delete and the server collects.</summary>
public sealed class BackupUnderLoadTests() : BackedUpRegistry(new BerthServer { Configure = options => options with { Collection = Often } })
{
    private const int Pushers = 4;
    private const int Rounds = 3;
    private const int ImagesBeforeEach = 40;

    private static readonly CollectionOptions Often = new()
    {
        Interval = TimeSpan.FromMilliseconds(100), Grace = TimeSpan.FromSeconds(1), Trash = TimeSpan.FromMilliseconds(500), PulledWithin = TimeSpan.Zero,
    };

    /// <summary>Address and bytes of what was answered with 201 and never deleted.</summary>
    private readonly ConcurrentDictionary<string, string> _acknowledged = [];

    private readonly Channel<int> _progress = Channel.CreateUnbounded<int>();
    private int _images;

    [Fact]
    public async Task A_backup_restores_everything_that_was_acknowledged_before_it_began()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var load = Enumerable.Range(0, Pushers).Select(pusher => PushOrEndAsync(pusher, end.Token)).ToArray();
        var taken = new List<(string Name, Dictionary<string, string> Before)>();
        for (var i = 0; i < Rounds; i++)
        {
            await WaitForImagesAsync((i + 1) * ImagesBeforeEach);
            var before = _acknowledged.ToDictionary();
            taken.Add((await BackUpInProcessAsync(), before));
        }

        Assert.True((long)Ask("SELECT count(*) FROM removal WHERE kind = 'blob'")! > 0, "nothing was collected");
        await end.CancelAsync();
        await Task.WhenAll(load);

        foreach (var (name, before) in taken)
            await AssertRestoredAsync(name, before);
    }

    /// <summary>A pusher that fails must not be waited for.</summary>
    private async Task PushOrEndAsync(int pusher, CancellationToken end)
    {
        try
        {
            await PushAsync(pusher, end);
        }
        catch (Exception e)
        {
            _progress.Writer.TryComplete(e);
            throw;
        }
    }

    private async Task PushAsync(int pusher, CancellationToken end)
    {
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            var (config, shared, own) = ("{}", $"shared layer {i % 5}", $"layer {i} of {pusher}");
            foreach (var blob in new[] { config, shared, own })
            {
                using var stored = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={DigestOf(blob)}", blob);
                Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
            }

            var manifest = Image(config, shared, own);
            using var pushed = await PutManifestAsync($"{pusher}-{i}", manifest);
            if (i % 2 == 1 && pushed.StatusCode is HttpStatusCode.Created)
                await DeleteAsync($"/v2/{Repository}/manifests/{DigestOf(manifest)}");
            else if (pushed.StatusCode is HttpStatusCode.Created)
                Note($"{pusher}-{i}", manifest, shared, own);
        }
    }

    private void Note(string tag, string manifest, params string[] layers)
    {
        foreach (var layer in layers)
            _acknowledged[$"/v2/{Repository}/blobs/{DigestOf(layer)}"] = layer;
        _acknowledged[$"/v2/{Repository}/manifests/{tag}"] = manifest;
        _progress.Writer.TryWrite(Interlocked.Increment(ref _images));
    }

    private async Task WaitForImagesAsync(int count)
    {
        await foreach (var images in _progress.Reader.ReadAllAsync(Cancelled))
        {
            if (images >= count)
                return;
        }
    }

    private async Task<string> BackUpInProcessAsync()
    {
        using var process = BerthProcess.Start(new Dictionary<string, string>(), "backup", Backups, "--data", Server.Data, "--output", "json");
        var output = await process.ReadToEndAsync();
        Assert.True(await process.WaitAsync() == 0, process.Error);
        return Report(new CommandRun(0, output, "")).Backup;
    }

    private async Task AssertRestoredAsync(string name, Dictionary<string, string> before)
    {
        await RestoreWellAsync("--backup", name);
        await using (var berth = await ServedDirectory.StartAsync(Restored))
        {
            foreach (var (address, bytes) in before)
                Assert.Equal(bytes, await berth.GetAsync(address));
        }

        Directory.Delete(Restored, recursive: true);
    }
}
