using Berth.Registry.Access;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed class SqliteAccountStoreTests : AccountStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteDatabase _beside;

    public SqliteAccountStoreTests()
    {
        _database = SqliteDatabase.Open(_directory["berth.db"], SqliteUse.Serving);
        _beside = SqliteDatabase.Open(_directory["berth.db"], SqliteUse.Command);
    }

    protected override IAccountStore Store => new SqliteAccountStore(_database);

    protected override IAccountStore Beside => new SqliteAccountStore(_beside);

    [Fact]
    public async Task A_setting_is_made_once()
    {
        var settings = new SqliteSettingStore(_database);

        Assert.Equal("first", await settings.GetOrAddSettingAsync("key", () => "first", Cancel));
        Assert.Equal("first", await settings.GetOrAddSettingAsync("key", () => throw new InvalidOperationException(), Cancel));
        Assert.Equal("other", await settings.GetOrAddSettingAsync("other key", () => "other", Cancel));
    }

    [Fact]
    public async Task Of_many_processes_that_make_a_setting_all_get_the_same()
    {
        SqliteSettingStore[] stores = [new(_database), new(_beside)];
        var values = new string[40];

        await Parallel.ForAsync(0, values.Length, Cancel, async (i, cancel) =>
            values[i] = await stores[i % 2].GetOrAddSettingAsync("key", () => $"made by {i}", cancel));

        Assert.Single(values.Distinct());
    }

    public void Dispose()
    {
        _beside.Dispose();
        _database.Dispose();
        _directory.Dispose();
    }
}
