using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Registry.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Uploads;

public sealed class UploadTurnsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly UploadId _id = UploadId.New();

    [Fact]
    public async Task The_second_writer_waits_for_the_first()
    {
        var turns = new UploadTurns(_time);
        var first = await turns.TakeAsync(_id, CancellationToken.None);
        var second = turns.TakeAsync(_id, CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
        (await turns.TakeAsync(_id, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Writers_of_other_sessions_do_not_wait()
    {
        var turns = new UploadTurns(_time);
        using var first = await turns.TakeAsync(_id, CancellationToken.None);
        using var other = await turns.TakeAsync(UploadId.New(), CancellationToken.None);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told()
    {
        var turns = new UploadTurns(_time);
        var first = await turns.TakeAsync(_id, CancellationToken.None);
        var second = turns.TakeAsync(_id, CancellationToken.None).AsTask();
        _time.Advance(UploadTurns.LongestWait);

        var refused = await Assert.ThrowsAsync<OciException>(() => second);
        Assert.Equal(OciError.BlobUploadOutOfOrder, refused.Error);
        first.Dispose();
        (await turns.TakeAsync(_id, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Who_goes_away_gives_up_the_place()
    {
        var turns = new UploadTurns(_time);
        using var first = await turns.TakeAsync(_id, CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var second = turns.TakeAsync(_id, gone.Token).AsTask();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }
}
