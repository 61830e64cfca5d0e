using Berth.Oci;
using Berth.Registry.Tests.Storage;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;
using Berth.Server.Upkeep;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Upkeep;

public sealed class StrayFilesTests : IDisposable
{
    private static readonly TimeSpan TrashTime = TimeSpan.FromDays(7);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly List<ScrubFinding> _findings = [];
    private readonly SingleNodeStores _stores;
    private readonly StoredFiles _files;

    public StrayFilesTests()
    {
        DataDirectory.Open(_directory["data"]);
        SqliteDatabase.Open(DataDirectory.Open(_directory["data"]).DatabaseFile, SqliteUse.Command).Dispose();
        _stores = SingleNodeStores.OpenForCommand(_directory["data"], _time);
        _files = new StoredFiles(_directory["data"]);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_old_file_without_a_row_goes_into_the_trash_and_later_away()
    {
        var orphan = Orphan("orphan");
        _time.Advance(StrayFiles.OrphanAge + TimeSpan.FromMinutes(1));

        var report = await ScrubAsync();

        Assert.Equal((1, 6), (report.Orphans, report.OrphanBytes));
        Assert.Equal([new ScrubFinding(ScrubFindingKind.Orphan, orphan, 6)], _findings);
        Assert.True(File.Exists(_files.Trash(orphan)));
        Assert.False(File.Exists(_files.Blob(orphan)));

        _time.Advance(TrashTime);
        Assert.Equal(1, (await ScrubAsync()).Removed);
        Assert.False(File.Exists(_files.Trash(orphan)));
    }

    [Fact]
    public async Task A_young_file_without_a_row_may_be_a_push_and_stays()
    {
        var orphan = Orphan("orphan");
        _time.Advance(StrayFiles.OrphanAge - TimeSpan.FromMinutes(1));

        Assert.Equal(0, (await ScrubAsync()).Orphans);
        Assert.True(File.Exists(_files.Blob(orphan)));
    }

    [Fact]
    public async Task A_file_that_was_just_moved_there_is_young_whenever_it_was_written()
    {
        var orphan = TestImage.DigestOf("orphan");
        _files.Put(_directory["elsewhere"], "orphan");
        File.SetLastWriteTimeUtc(_directory["elsewhere"], _time.GetUtcNow().UtcDateTime.AddDays(-30));
        Directory.CreateDirectory(Path.GetDirectoryName(_files.Blob(orphan))!);
        File.Move(_directory["elsewhere"], _files.Blob(orphan));

        Assert.Equal(0, (await ScrubAsync()).Orphans);
    }

    [Fact]
    public async Task Files_that_rows_name_stay()
    {
        var live = await StoreAsync("live");
        var trashed = await StoreAsync("trashed");
        await WriteAsync($"UPDATE blob SET trashed = 1 WHERE digest = '{trashed}'");
        Directory.CreateDirectory(Path.GetDirectoryName(_files.Trash(trashed))!);
        File.Move(_files.Blob(trashed), _files.Trash(trashed));
        _time.Advance(TimeSpan.FromDays(30));

        var report = await ScrubAsync();

        Assert.Equal((0, 0, 0), (report.Orphans, report.Removed, report.Lost));
        Assert.True(File.Exists(_files.Blob(live)));
        Assert.True(File.Exists(_files.Trash(trashed)));
    }

    [Fact]
    public async Task A_collected_file_that_a_crash_left_in_place_follows_its_row_into_the_trash()
    {
        var trashed = await StoreAsync("trashed");
        await WriteAsync($"UPDATE blob SET trashed = 1 WHERE digest = '{trashed}'");
        _time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, (await ScrubAsync()).Orphans);
        Assert.True(File.Exists(_files.Trash(trashed)));
    }

    [Fact]
    public async Task A_quarantined_file_is_kept_until_its_content_was_healed_and_the_trash_time_is_over()
    {
        var (damaged, healed) = (await StoreAsync("damaged"), await StoreAsync("healed"));
        File.Delete(_files.Blob(damaged));
        _files.Put(_files.Quarantine(damaged), "corrupt");
        _files.Put(_files.Quarantine(healed), "corrupt");
        await ScrubAsync();
        Assert.True(File.Exists(_files.Quarantine(healed)));
        _time.Advance(TrashTime + TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await ScrubAsync()).Removed);

        Assert.True(File.Exists(_files.Quarantine(damaged)));
        Assert.False(File.Exists(_files.Quarantine(healed)));
    }

    [Fact]
    public async Task Nothing_is_moved_while_a_backup_is_made()
    {
        Orphan("orphan");
        _time.Advance(TimeSpan.FromDays(30));
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await WriteAsync($"INSERT INTO upkeep (kind, started, beat) VALUES ('backup', {now}, {now})");

        Assert.Equal(0, (await ScrubAsync()).Orphans);

        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await ScrubAsync()).Orphans);
    }

    public void Dispose()
    {
        _stores.Dispose();
        _directory.Dispose();
    }

    private Digest Orphan(string content)
    {
        var digest = TestImage.DigestOf(content);
        _files.Put(_files.Blob(digest), content);
        return digest;
    }

    private async Task<Digest> StoreAsync(string content)
    {
        var digest = Orphan(content);
        await WriteAsync($"INSERT INTO blob (digest, size, created) VALUES ('{digest}', {content.Length}, 1)");
        return digest;
    }

    private ValueTask<int> WriteAsync(string sql) => _stores.Database.WriteAsync(session => session.Execute(sql), Cancelled);

    private async Task<ScrubReport> ScrubAsync() =>
        (await new ScrubRun(_stores, [], TrashTime, _findings.Add, _time).RunAsync(whole: true, ReadPace.Unlimited, Cancelled))!;
}
