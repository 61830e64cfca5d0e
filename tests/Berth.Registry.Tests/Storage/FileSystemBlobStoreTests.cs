using System.Security.Cryptography;
using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed class FileSystemBlobStoreTests : BlobStoreContract, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();
    private FileSystemBlobStore _store;

    public FileSystemBlobStoreTests() => _store = Open();

    protected override IBlobStore Store => _store;

    private string Root => _directory["data"];

    [Fact]
    public async Task Content_lies_under_its_algorithm_and_its_first_two_digits()
    {
        var digest = await StoreAsync("content"u8.ToArray());

        var file = Path.Combine(Root, "blobs", "sha256", digest.Hex[..2].ToString(), digest.Hex.ToString());
        Assert.Equal("content"u8.ToArray(), await File.ReadAllBytesAsync(file, Cancel));
        Assert.Equal([file], Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Only_the_owner_may_read_files_and_enter_directories()
    {
        await StoreAsync("content"u8.ToArray());
        await using var upload = await BeginAsync("half"u8.ToArray());

        var files = Directory.GetFiles(Root, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
        Assert.All(
            Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories).Append(Root),
            directory => Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(directory)));
    }

    [Fact]
    public async Task A_second_writer_of_an_upload_is_turned_away_until_the_first_has_gone()
    {
        var upload = await BeginAsync("content"u8.ToArray());

        var failure = await Assert.ThrowsAsync<OciException>(async () => await Store.ResumeUploadAsync(upload.Id, Cancel));
        Assert.Same(OciError.BlobUploadInvalid, failure.Error);

        await upload.DisposeAsync();
        await using var resumed = await Store.ResumeUploadAsync(upload.Id, Cancel);
        Assert.Equal(7, resumed!.Length);
    }

    [Fact]
    public async Task An_upload_id_is_used_once()
    {
        await using var upload = await BeginAsync("content"u8.ToArray());

        await Assert.ThrowsAsync<IOException>(async () => await Store.BeginUploadAsync(upload.Id, Cancel));
        Assert.Equal(7, upload.Length);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_content()
    {
        await StoreAsync(new byte[1_000_000]); // what is made once
        var content = new MemoryStream(new byte[64_000_000]);
        await using var upload = await Store.BeginUploadAsync(UploadId.New(), Cancel);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var append = upload.AppendAsync(content, Cancel);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(append.IsCompletedSuccessfully);
        Assert.InRange(allocated, 0, 300_000);
    }

    [Fact]
    public async Task Uploads_beyond_the_number_of_hashes_kept_are_hashed_from_their_files()
    {
        var contents = Enumerable.Range(0, 1100).ToDictionary(_ => UploadId.New(), _ => RandomNumberGenerator.GetBytes(20));
        foreach (var (id, content) in contents)
        {
            await using var upload = await Store.BeginUploadAsync(id, Cancel);
            await upload.AppendAsync(new MemoryStream(content), Cancel);
        }

        foreach (var (id, content) in contents)
        {
            await using var upload = await Store.ResumeUploadAsync(id, Cancel);
            await upload!.CommitAsync(Digest.Of(content), Cancel);
        }

        Assert.Empty(await UploadsAsync());
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    protected override void Restart()
    {
        _store.Dispose();
        _store = Open();
    }

    protected override void Damage(Digest digest)
    {
        var shard = Path.Combine(Root, "blobs", digest.Algorithm.Name(), digest.Hex[..2].ToString());
        using var file = File.OpenWrite(Path.Combine(shard, digest.Hex.ToString()));
        file.WriteByte((byte)'X');
    }

    private FileSystemBlobStore Open() => new(DataDirectory.Open(Root), Time);
}
