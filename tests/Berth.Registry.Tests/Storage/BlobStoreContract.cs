using System.Security.Cryptography;
using Berth.Oci;
using Berth.Registry.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Storage;

/// <summary>One test for each line of the contract in <see cref="IBlobStore"/>. Every backend inherits it.</summary>
public abstract class BlobStoreContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected abstract IBlobStore Store { get; }

    /// <summary>Ends the store and opens it again, as a new process does.</summary>
    protected abstract void Restart();

    /// <summary>Changes a byte of stored content behind the store's back.</summary>
    protected abstract void Damage(Digest digest);

    [Fact]
    public async Task Missing_content_is_null()
    {
        var digest = Digest.Of("never stored"u8);

        Assert.Null(await Store.FindSizeAsync(digest, Cancel));
        Assert.Null(await Store.OpenReadAsync(digest, 0, Cancel));
    }

    [Theory]
    [InlineData(0, DigestAlgorithm.Sha256)]
    [InlineData(1, DigestAlgorithm.Sha256)]
    [InlineData(128 * 1024, DigestAlgorithm.Sha256)]
    [InlineData(1_000_003, DigestAlgorithm.Sha256)]
    [InlineData(1_000_003, DigestAlgorithm.Sha512)]
    public async Task Content_is_read_back_as_it_was_written(int size, DigestAlgorithm algorithm)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var digest = Digest.Of(content, algorithm);

        await StoreAsync(content, digest);

        Assert.Equal(size, await Store.FindSizeAsync(digest, Cancel));
        Assert.Equal(content, await ReadAsync(digest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Content_can_be_read_from_an_offset(int offset)
    {
        var digest = await StoreAsync("0123456789"u8.ToArray());

        Assert.Equal("0123456789"u8.ToArray()[offset..], await ReadAsync(digest, offset));
    }

    [Fact]
    public async Task Stored_content_survives_a_restart()
    {
        var digest = await StoreAsync("content"u8.ToArray());

        Restart();

        Assert.Equal("content"u8.ToArray(), await ReadAsync(digest));
    }

    [Fact]
    public async Task Content_is_not_visible_before_it_is_committed()
    {
        await using var upload = await BeginAsync("content"u8.ToArray());

        Assert.Null(await Store.FindSizeAsync(Digest.Of("content"u8), Cancel));
        Assert.Null(await Store.OpenReadAsync(Digest.Of("content"u8), 0, Cancel));
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task Commit_with_a_wrong_digest_is_rejected_and_leaves_the_upload(DigestAlgorithm algorithm)
    {
        await using var upload = await BeginAsync("content"u8.ToArray());
        var wrong = Digest.Of("other content"u8, algorithm);

        var failure = await Assert.ThrowsAsync<OciException>(async () => await upload.CommitAsync(wrong, Cancel));

        Assert.Same(OciError.DigestInvalid, failure.Error);
        Assert.Null(await Store.FindSizeAsync(wrong, Cancel));
        Assert.Equal(7, upload.Length);
        await upload.CommitAsync(Digest.Of("content"u8), Cancel);
        Assert.Equal("content"u8.ToArray(), await ReadAsync(Digest.Of("content"u8)));
    }

    [Fact]
    public async Task Committing_content_again_heals_a_damaged_copy()
    {
        var digest = await StoreAsync("content"u8.ToArray());
        Damage(digest);
        Assert.NotEqual("content"u8.ToArray(), await ReadAsync(digest));

        await StoreAsync("content"u8.ToArray());

        Assert.Equal("content"u8.ToArray(), await ReadAsync(digest));
    }

    [Fact]
    public async Task A_reader_keeps_what_it_opened_while_the_content_is_committed_again()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        var digest = await StoreAsync(content);
        await using var open = await Store.OpenReadAsync(digest, 0, Cancel);

        await StoreAsync(content);

        Assert.Equal(content, await ReadAllAsync(open!));
    }

    [Fact]
    public async Task An_upload_that_was_never_begun_is_null() =>
        Assert.Null(await Store.ResumeUploadAsync(UploadId.New(), Cancel));

    [Fact]
    public async Task An_upload_goes_on_where_it_stopped_after_a_restart()
    {
        UploadId id;
        await using (var upload = await BeginAsync("con"u8.ToArray()))
            id = upload.Id;

        Restart();

        await using var resumed = await Store.ResumeUploadAsync(id, Cancel);
        Assert.Equal(id, resumed!.Id);
        Assert.Equal(3, resumed.Length);
        Assert.Equal(4, await resumed.AppendAsync(new MemoryStream("tent"u8.ToArray()), Cancel));
        Assert.Equal(7, resumed.Length);
        await resumed.CommitAsync(Digest.Of("content"u8), Cancel);
        Assert.Equal("content"u8.ToArray(), await ReadAsync(Digest.Of("content"u8)));
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task An_upload_may_be_written_in_many_pieces(DigestAlgorithm algorithm)
    {
        var pieces = Enumerable.Range(0, 20).Select(i => RandomNumberGenerator.GetBytes(i * 10_000)).ToList();
        var id = UploadId.New();
        await using (await Store.BeginUploadAsync(id, Cancel))
        {
        }

        foreach (var piece in pieces)
        {
            await using var upload = await Store.ResumeUploadAsync(id, Cancel);
            Assert.Equal(piece.Length, await upload!.AppendAsync(new MemoryStream(piece), Cancel));
        }

        var content = pieces.SelectMany(piece => piece).ToArray();
        var digest = Digest.Of(content, algorithm);
        await using (var upload = await Store.ResumeUploadAsync(id, Cancel))
            await upload!.CommitAsync(digest, Cancel);
        Assert.Equal(content, await ReadAsync(digest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(200_000)]
    public async Task A_sender_that_breaks_off_leaves_what_arrived(int arrived)
    {
        var content = RandomNumberGenerator.GetBytes(arrived);
        await using var upload = await BeginAsync("start"u8.ToArray());

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await upload.AppendAsync(new BreakingStream(content), Cancel));

        Assert.Equal(5 + arrived, upload.Length);
        var digest = Digest.Of([.. "start"u8, .. content]);
        await upload.CommitAsync(digest, Cancel);
        Assert.Equal(5 + arrived, await Store.FindSizeAsync(digest, Cancel));
    }

    [Fact]
    public async Task A_truncated_upload_has_no_trace_of_what_was_cut()
    {
        await using var upload = await BeginAsync("content and too much"u8.ToArray());

        await upload.TruncateAsync(3, Cancel);
        Assert.Equal(3, upload.Length);
        await upload.AppendAsync(new MemoryStream("tent"u8.ToArray()), Cancel);

        await upload.CommitAsync(Digest.Of("content"u8), Cancel);
        Assert.Equal("content"u8.ToArray(), await ReadAsync(Digest.Of("content"u8)));
    }

    [Fact]
    public async Task Truncating_to_a_greater_length_is_refused()
    {
        await using var upload = await BeginAsync("content"u8.ToArray());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await upload.TruncateAsync(8, Cancel));
    }

    [Fact]
    public async Task A_cancelled_upload_is_gone_and_cancelling_twice_is_no_error()
    {
        await using var upload = await BeginAsync("content"u8.ToArray());

        await upload.CancelAsync(Cancel);
        await upload.CancelAsync(Cancel);

        Assert.Null(await Store.ResumeUploadAsync(upload.Id, Cancel));
        Assert.Empty(await UploadsAsync());
    }

    [Fact]
    public async Task A_committed_upload_is_gone_and_cancelling_it_leaves_the_content()
    {
        await using var upload = await BeginAsync("content"u8.ToArray());
        await upload.CommitAsync(Digest.Of("content"u8), Cancel);

        await upload.CancelAsync(Cancel);

        Assert.Null(await Store.ResumeUploadAsync(upload.Id, Cancel));
        Assert.Empty(await UploadsAsync());
        Assert.Equal("content"u8.ToArray(), await ReadAsync(Digest.Of("content"u8)));
    }

    [Fact]
    public async Task Open_uploads_are_listed_with_the_time_of_their_last_write()
    {
        var begun = Time.GetUtcNow();
        await using var idle = await Store.BeginUploadAsync(UploadId.New(), Cancel);
        await using var written = await Store.BeginUploadAsync(UploadId.New(), Cancel);
        Time.Advance(TimeSpan.FromHours(3));
        await written.AppendAsync(new MemoryStream("content"u8.ToArray()), Cancel);

        var uploads = await UploadsAsync();

        Assert.Equal(2, uploads.Count);
        Assert.Equal(begun, uploads[idle.Id]);
        Assert.Equal(begun.AddHours(3), uploads[written.Id]);
    }

    [Fact]
    public async Task The_same_content_may_be_committed_by_many_at_once()
    {
        var content = RandomNumberGenerator.GetBytes(100_000);

        await Parallel.ForEachAsync(Enumerable.Range(0, 32), Cancel, async (_, _) => await StoreAsync(content));

        Assert.Equal(content, await ReadAsync(Digest.Of(content)));
        Assert.Empty(await UploadsAsync());
    }

    [Fact]
    public async Task Uploads_at_the_same_time_do_not_mix()
    {
        var contents = Enumerable.Range(0, 64).Select(i => RandomNumberGenerator.GetBytes(200_000 + i)).ToList();

        await Parallel.ForEachAsync(
            contents,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel },
            async (content, _) => await StoreAsync(content));

        foreach (var content in contents)
            Assert.Equal(content, await ReadAsync(Digest.Of(content)));
    }

    protected async Task<IBlobUpload> BeginAsync(byte[] content)
    {
        var upload = await Store.BeginUploadAsync(UploadId.New(), Cancel);
        Assert.Equal(content.Length, await upload.AppendAsync(new MemoryStream(content), Cancel));
        Assert.Equal(content.Length, upload.Length);
        return upload;
    }

    protected async Task<Digest> StoreAsync(byte[] content)
    {
        await StoreAsync(content, Digest.Of(content));
        return Digest.Of(content);
    }

    protected async Task<byte[]> ReadAsync(Digest digest, long offset = 0)
    {
        await using var stream = await Store.OpenReadAsync(digest, offset, Cancel);
        Assert.NotNull(stream);
        return await ReadAllAsync(stream);
    }

    protected async Task<Dictionary<UploadId, DateTimeOffset>> UploadsAsync()
    {
        var uploads = new Dictionary<UploadId, DateTimeOffset>();
        await foreach (var (id, lastWrite) in Store.ListUploadsAsync(Cancel))
            uploads.Add(id, lastWrite);
        return uploads;
    }

    private async Task StoreAsync(byte[] content, Digest digest)
    {
        await using var upload = await BeginAsync(content);
        await upload.CommitAsync(digest, Cancel);
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
