using Berth.Oci;
using Berth.Registry.Tests.Storage;
using Berth.Registry.Upkeep;
using Berth.Server.Configuration;
using Berth.Server.Storage;
using Berth.Server.Upkeep;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Upkeep;

/// <summary>When passes begin, go on and end.</summary>
public sealed class ScrubPassTests : IDisposable
{
    private const int Blobs = 5;

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly SingleNodeStores _stores;
    private readonly List<ScrubFinding> _findings = [];
    private readonly ScrubRun _scrub;

    public ScrubPassTests()
    {
        SqliteDatabase.Open(DataDirectory.Open(_directory["data"]).DatabaseFile, SqliteUse.Command).Dispose();
        _stores = SingleNodeStores.OpenForCommand(_directory["data"], _time);
        _scrub = new ScrubRun(_stores, [], TimeSpan.FromDays(7), _findings.Add, _time);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private UpkeepRun Run => _stores.Upkeep.Find(SqliteUpkeepStore.Scrub)!;

    [Fact]
    public async Task A_pass_that_was_stopped_goes_on_where_it_was()
    {
        var third = (await StoreAsync())[2];
        var began = _time.GetUtcNow();
        await StopAtAsync(third);
        var stopped = Run;
        Assert.Equal((began.ToUnixTimeMilliseconds(), null, "3"), (stopped.Started.ToUnixTimeMilliseconds(), stopped.Finished, stopped.Position));
        Assert.Equal(2, Verified());
        Assert.True(_scrub.IsDue(TimeSpan.FromDays(7)));
        _time.Advance(TimeSpan.FromHours(1));

        var report = await _scrub.RunAsync(whole: false, ReadPace.Unlimited, Cancelled);

        Assert.Equal((Blobs, 1), (report!.Checked, report.Missing));
        Assert.Equal(Blobs - 1, Verified());
        Assert.Equal(began.ToUnixTimeMilliseconds(), Run.Started.ToUnixTimeMilliseconds());
        Assert.Equal((_time.GetUtcNow().ToUnixTimeMilliseconds(), null), (Run.Finished!.Value.ToUnixTimeMilliseconds(), Run.Problem));
    }

    [Fact]
    public async Task A_whole_pass_begins_anew()
    {
        await StopAtAsync((await StoreAsync())[2]);

        var report = await _scrub.RunAsync(whole: true, ReadPace.Unlimited, Cancelled);

        Assert.Equal(Blobs, report!.Checked);
    }

    [Fact]
    public async Task The_next_pass_is_due_when_the_interval_is_over()
    {
        await _scrub.RunAsync(whole: false, ReadPace.Unlimited, Cancelled);
        Assert.False(_scrub.IsDue(TimeSpan.FromDays(7)));

        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.False(_scrub.IsDue(TimeSpan.FromDays(7)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_scrub.IsDue(TimeSpan.FromDays(7)));
    }

    [Fact]
    public async Task The_worker_makes_the_pass_that_is_due_and_no_other()
    {
        await StoreAsync();
        using var worker = new ScrubWorker(_scrub, new ScrubOptions { MegabytesPerSecond = 1000 }, _time, NullLogger.Instance);
        await worker.RunOnceAsync(Cancelled);
        Assert.Equal(Blobs, Verified());
        var finished = Run.Finished;
        _time.Advance(TimeSpan.FromDays(1));

        await worker.RunOnceAsync(Cancelled);

        Assert.Equal(finished, Run.Finished);
    }

    [Fact]
    public async Task A_pass_that_cannot_read_says_so_and_marks_nothing()
    {
        var digest = (await StoreAsync())[0];
        var file = new StoredFiles(_directory["data"]).Blob(digest);
        File.Delete(file);
        Directory.CreateDirectory(file);

        await Assert.ThrowsAnyAsync<Exception>(() => _scrub.RunAsync(whole: true, ReadPace.Unlimited, Cancelled));

        Assert.NotNull(Run.Problem);
        Assert.Empty(_findings);
        Assert.False(_scrub.IsDue(TimeSpan.FromDays(7)));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_scrub.IsDue(TimeSpan.FromDays(7)));
    }

    [Theory]
    [InlineData(1_000_000, 2_000_000, 2000)]
    [InlineData(50_000_000, 500_000, 10)]
    public async Task Reading_takes_the_time_that_the_rate_asks_for(long rate, int bytes, int milliseconds)
    {
        var pace = new ReadPace(rate, _time);

        var wait = pace.WaitAsync(bytes, Cancelled).AsTask();

        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
    }

    [Fact]
    public async Task Small_waits_add_up_and_stopping_ends_one()
    {
        var pace = new ReadPace(1_000_000, _time);
        for (var i = 0; i < 9; i++)
            Assert.True(pace.WaitAsync(1000, Cancelled).AsTask().IsCompleted);
        using var stop = new CancellationTokenSource();
        var wait = pace.WaitAsync(1000, stop.Token).AsTask();
        Assert.False(wait.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    public void Dispose()
    {
        _stores.Dispose();
        _directory.Dispose();
    }

    private long Verified() => _stores.Database.Read(session => session.FindNumber("SELECT count(*) FROM blob WHERE verified IS NOT NULL"))!.Value;

    /// <summary>Begins a pass and stops it when it tells that the file of <paramref name="lost"/> is missing.</summary>
    private async Task StopAtAsync(Digest lost)
    {
        var file = new StoredFiles(_directory["data"]).Blob(lost);
        File.Delete(file);
        using var stop = new CancellationTokenSource();
        var scrub = new ScrubRun(_stores, [], TimeSpan.FromDays(7), _ => stop.Cancel(), _time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scrub.RunAsync(whole: false, ReadPace.Unlimited, stop.Token));
    }

    private async Task<List<Digest>> StoreAsync()
    {
        var files = new StoredFiles(_directory["data"]);
        var digests = new List<Digest>();
        for (var i = 0; i < Blobs; i++)
        {
            var digest = TestImage.DigestOf($"{i}");
            files.Put(files.Blob(digest), $"{i}");
            await _stores.Database.WriteAsync(
                session => session.Execute("INSERT INTO blob (digest, size, created) VALUES (?1, 1, 1)", digest.ToString()), Cancelled);
            digests.Add(digest);
        }

        return digests;
    }
}
