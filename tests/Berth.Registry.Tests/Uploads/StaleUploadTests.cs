using Berth.Oci;
using Berth.Registry.Blobs;
using Berth.Registry.Storage;
using Berth.Registry.Tests.Storage;
using Berth.Registry.Uploads;
using Berth.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Uploads;

public sealed class StaleUploadTests : IAsyncLifetime
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly TemporaryDirectory _directory = new();
    private readonly RepositoryName _repository = RepositoryName.Parse("packs/large");
    private SingleNodeStores _stores = null!;
    private BlobUploads _uploads = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stores = await SingleNodeStores.OpenForServingAsync(_directory["data"], _time, Cancel);
        _uploads = new BlobUploads(_stores.Blobs, _stores.Metadata, new BlobLease(TimeSpan.FromDays(1), _time), _time);
    }

    public ValueTask DisposeAsync()
    {
        _stores.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_session_that_nobody_writes_to_ends_and_its_bytes_are_freed()
    {
        var id = await BeginAsync("some bytes");
        _time.Advance(Week + TimeSpan.FromSeconds(1));

        Assert.Equal(1, await _uploads.ExpireAsync(Week, Cancel));

        var gone = await Assert.ThrowsAsync<OciException>(async () => await _uploads.FindLengthAsync(_repository, id, Cancel));
        Assert.Equal(OciError.BlobUploadUnknown, gone.Error);
        Assert.Empty(Directory.GetFiles(_directory["data/uploads"]));
        Assert.Equal(0, await _uploads.ExpireAsync(Week, Cancel));
    }

    [Fact]
    public async Task A_session_goes_on_as_long_as_someone_writes_to_it_now_and_then()
    {
        var id = await BeginAsync("one");
        _time.Advance(Week - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await _uploads.ExpireAsync(Week, Cancel));
        await AppendAsync(id, "two");
        _time.Advance(Week - TimeSpan.FromSeconds(1));

        Assert.Equal(0, await _uploads.ExpireAsync(Week, Cancel));

        Assert.Equal(6, await _uploads.FindLengthAsync(_repository, id, Cancel));
    }

    [Fact]
    public async Task A_session_that_is_written_to_after_all_while_its_end_waits_is_kept()
    {
        var id = await BeginAsync("one");
        _time.Advance(Week + TimeSpan.FromSeconds(1));
        using var body = new GatedStream("two");
        var writing = _uploads.AppendAsync(_repository, id, new UploadChunk(body, null, null), Cancel).AsTask();
        await body.ReadStarted;
        var expiring = _uploads.ExpireAsync(Week, Cancel).AsTask();
        Assert.False(expiring.IsCompleted);

        body.Open();

        Assert.Equal(6, await writing);
        Assert.Equal(0, await expiring);
        Assert.Equal(6, await _uploads.FindLengthAsync(_repository, id, Cancel));
    }

    [Fact]
    public async Task What_is_no_session_is_left_alone()
    {
        await using var whole = await _stores.Blobs.BeginUploadAsync(UploadId.New(), Cancel);
        _time.Advance(Week + TimeSpan.FromSeconds(1));

        Assert.Equal(0, await _uploads.ExpireAsync(Week, Cancel));

        Assert.Single(Directory.GetFiles(_directory["data/uploads"]));
    }

    private async Task<UploadId> BeginAsync(string content)
    {
        var id = await _uploads.BeginAsync(_repository, Cancel);
        await AppendAsync(id, content);
        return id;
    }

    private async Task AppendAsync(UploadId id, string content)
    {
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        await _uploads.AppendAsync(_repository, id, new UploadChunk(body, null, null), Cancel);
    }
}
