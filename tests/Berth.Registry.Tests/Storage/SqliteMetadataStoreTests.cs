using Berth.Oci;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed partial class SqliteMetadataStoreTests : MetadataStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteDatabase _database;
    private SqliteMetadataStore _store;

    public SqliteMetadataStoreTests()
    {
        _database = Open(SqliteUse.Serving);
        _store = new SqliteMetadataStore(_database);
    }

    protected override IMetadataStore Store => _store;

    private string DatabaseFile => _directory["berth.db"];

    [Fact]
    public async Task Whether_a_manifest_needs_a_blob_is_read_from_an_index()
    {
        await PushAsync(Here, "config", ["layer"], "v1");

        var plan = _database.Read(session => session.List(
            "EXPLAIN QUERY PLAN SELECT 1 FROM manifest_blob WHERE repository_id = 1 AND blob_id = 1 LIMIT 1", row => row.GetString(3)));

        Assert.Equal(["SEARCH manifest_blob USING COVERING INDEX manifest_blob_by_blob (repository_id=? AND blob_id=?)"], plan);
    }

    [Fact]
    public async Task Sqlite_itself_keeps_a_blob_where_a_manifest_needs_it()
    {
        await PushAsync(Here, "config", ["layer"]);

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(
            async () => await _database.WriteAsync(session => session.Execute("DELETE FROM repository_blob"), Cancel));
    }

    [Fact]
    public async Task What_fails_in_the_middle_of_a_transaction_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _database.WriteAsync<bool>(
            session =>
            {
                session.Execute("INSERT INTO repository (name, created) VALUES (?1, 0)", "half");
                throw new InvalidOperationException();
            },
            Cancel));

        Assert.Empty(await Store.ListRepositoriesAsync(null, 10, Cancel));
        await LinkAsync(Here, "layer");
        Assert.Equal([Here], await Store.ListRepositoriesAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer()
    {
        await LinkAsync(Here, "layer");

        var seen = await _database.WriteAsync(
            session =>
            {
                session.Execute("DELETE FROM repository_blob");
                return _database.Read(reader => reader.FindNumber("SELECT count(*) FROM repository_blob"));
            },
            Cancel);

        Assert.Equal(1, seen);
        Assert.Null(await Store.FindBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
    }

    [Fact]
    public async Task A_read_of_several_statements_sees_one_state()
    {
        const string Count = "SELECT count(*) FROM repository_blob";
        Task<Digest>? write = null;

        var (before, after) = _database.Read(session =>
        {
            var first = session.FindNumber(Count);
            write = LinkAsync(Here, "layer");
            return (first, session.FindNumber(Count));
        });

        await write!;
        Assert.Equal((0, 0), (before, after));
        Assert.Equal(1, _database.Read(session => session.FindNumber(Count)));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    protected override void Restart()
    {
        _database.Dispose();
        _database = Open(SqliteUse.Serving);
        _store = new SqliteMetadataStore(_database);
    }

    protected override DateTimeOffset LeaseOf(RepositoryName repository, Digest digest) =>
        DateTimeOffset.FromUnixTimeMilliseconds(_database.Read(session => session.FindNumber(
            """
            SELECT lease_until FROM repository_blob
            JOIN repository ON repository.id = repository_id JOIN blob ON blob.id = blob_id
            WHERE repository.name = ?1 AND blob.digest = ?2
            """,
            repository.ToString(),
            digest.ToString()))!.Value);

    private SqliteDatabase Open(SqliteUse use) => SqliteDatabase.Open(DatabaseFile, use);
}
