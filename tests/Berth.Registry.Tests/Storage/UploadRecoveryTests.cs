using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed class UploadRecoveryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RepositoryName Here = RepositoryName.Parse("here");

    private readonly TemporaryDirectory _directory = new();
    private readonly FileSystemBlobStore _blobs;
    private readonly SqliteDatabase _database;
    private readonly SqliteMetadataStore _metadata;

    public UploadRecoveryTests()
    {
        var directory = DataDirectory.Open(_directory["data"]);
        _blobs = new FileSystemBlobStore(directory, TimeProvider.System);
        _database = SqliteDatabase.Open(directory.DatabaseFile, SqliteUse.Serving);
        _metadata = new SqliteMetadataStore(_database);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_known_uploads_end_and_whole_ones_go_on()
    {
        var (whole, fileOnly, sessionOnly) = (UploadId.New(), UploadId.New(), UploadId.New());
        await _metadata.AddUploadAsync(Here, whole, Now, Cancel);
        await _metadata.AddUploadAsync(Here, sessionOnly, Now, Cancel);
        await BeginAsync(whole);
        await BeginAsync(fileOnly);

        var removed = await UploadRecovery.RunAsync(_blobs, _metadata, Cancel);

        Assert.Equal(1, removed);
        Assert.True(await _metadata.HasUploadAsync(Here, whole, Cancel));
        Assert.False(await _metadata.HasUploadAsync(Here, sessionOnly, Cancel));
        Assert.Null(await _blobs.ResumeUploadAsync(fileOnly, Cancel));
        await using var resumed = await _blobs.ResumeUploadAsync(whole, Cancel);
        Assert.Equal(4, resumed!.Length);
    }

    [Fact]
    public async Task Files_that_are_no_uploads_are_left_alone()
    {
        var note = Path.Combine(_directory["data"], "uploads", "note.txt");
        await File.WriteAllTextAsync(note, "mine", Cancel);

        Assert.Equal(0, await UploadRecovery.RunAsync(_blobs, _metadata, Cancel));

        Assert.True(File.Exists(note));
    }

    public void Dispose()
    {
        _blobs.Dispose();
        _database.Dispose();
        _directory.Dispose();
    }

    private async Task BeginAsync(UploadId id)
    {
        await using var upload = await _blobs.BeginUploadAsync(id, Cancel);
        await upload.AppendAsync(new MemoryStream("half"u8.ToArray()), Cancel);
    }
}
