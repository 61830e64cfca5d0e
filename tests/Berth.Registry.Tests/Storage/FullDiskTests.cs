using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed class FullDiskTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_fills_the_disk_keeps_what_was_written_and_can_be_cancelled()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        using var store = Open(disk);
        var upload = await store.BeginUploadAsync(UploadId.New(), Cancel);
        await upload.AppendAsync(new MemoryStream(new byte[100_000]), Cancel);

        await AssertFullAsync(() => upload.AppendAsync(new MemoryStream(new byte[2_000_000]), Cancel).AsTask());

        Assert.InRange(upload.Length, 100_001, 1_048_576);
        await upload.DisposeAsync();
        await using var resumed = await store.ResumeUploadAsync(upload.Id, Cancel);
        Assert.Equal(upload.Length, resumed!.Length);
        await resumed.CancelAsync(Cancel);
        await CommitAsync(store, new byte[700_000]);
    }

    [Fact]
    public async Task An_upload_goes_on_when_there_is_room_again()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        using var store = Open(disk);
        var content = new byte[400_000];
        Random.Shared.NextBytes(content);
        await using var upload = await store.BeginUploadAsync(UploadId.New(), Cancel);
        disk.Fill();
        await AssertFullAsync(() => upload.AppendAsync(new MemoryStream(content), Cancel).AsTask());

        disk.Free();
        await upload.AppendAsync(new MemoryStream(content[(int)upload.Length..]), Cancel);
        await upload.CommitAsync(Digest.Of(content), Cancel);

        Assert.Equal(400_000, await store.FindSizeAsync(Digest.Of(content), Cancel));
    }

    [Fact]
    public async Task A_disk_without_room_for_a_directory_leaves_the_upload_to_be_committed_later()
    {
        // The mount point, data, blobs, uploads and the upload itself take five.
        await using var disk = await TinyFileSystem.MountAsync("size=1m,nr_inodes=5");
        using var store = Open(disk);
        await using var upload = await store.BeginUploadAsync(UploadId.New(), Cancel);
        await upload.AppendAsync(new MemoryStream("content"u8.ToArray()), Cancel);

        await AssertFullAsync(() => store.BeginUploadAsync(UploadId.New(), Cancel).AsTask());
        await AssertFullAsync(() => upload.CommitAsync(Digest.Of("content"u8), Cancel).AsTask());

        await Command.RunOrFailAsync("mount", "-o", "remount,nr_inodes=20", disk.Path);
        await upload.CommitAsync(Digest.Of("content"u8), Cancel);
        Assert.Equal(7, await store.FindSizeAsync(Digest.Of("content"u8), Cancel));
    }

    [Fact]
    public async Task A_transaction_that_fills_the_disk_leaves_nothing_and_the_next_one_works()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=3m");
        using var database = SqliteDatabase.Open(Path.Combine(disk.Path, "berth.db"), SqliteUse.Serving);
        var store = new SqliteMetadataStore(database);
        var here = RepositoryName.Parse("here");
        var padding = new string('x', 1_000_000);
        var large = TestImage.ToStore(here, Now, $$"""{"schemaVersion":2,"manifests":[],"padding":"{{padding}}"}""", "large");
        disk.Fill();

        await AssertFullAsync(() => store.PutManifestAsync(large, Cancel).AsTask());

        Assert.Null(await store.FindManifestAsync(here, ManifestReference.To(large.Digest), Cancel));
        disk.Free();
        Assert.Empty(await store.PutManifestAsync(large, Cancel));
        Assert.Equal(large.Digest, (await store.FindManifestAsync(here, ManifestReference.To(large.Tags[0]), Cancel))!.Digest);
    }

    private static FileSystemBlobStore Open(TinyFileSystem disk) =>
        new(DataDirectory.Open(Path.Combine(disk.Path, "data")), TimeProvider.System);

    private static async Task CommitAsync(FileSystemBlobStore store, byte[] content)
    {
        await using var upload = await store.BeginUploadAsync(UploadId.New(), Cancel);
        await upload.AppendAsync(new MemoryStream(content), Cancel);
        await upload.CommitAsync(Digest.Of(content), Cancel);
    }

    private static async Task AssertFullAsync(Func<Task> action) =>
        Assert.Same(OciError.StorageFull, (await Assert.ThrowsAsync<OciException>(action)).Error);
}
