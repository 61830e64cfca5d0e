using Berth.Registry.Access;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>The stores of a registry that lives in one directory.</summary>
internal sealed class SingleNodeStores : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly FileSystemBlobStore _blobs;
    private readonly IDisposable? _lock;

    private SingleNodeStores(DataDirectory directory, SqliteDatabase database, IDisposable? @lock, TimeProvider time)
    {
        _database = database;
        _lock = @lock;
        Directory = directory;
        _blobs = new FileSystemBlobStore(directory, time);
        Metadata = new SqliteMetadataStore(database);
        Accounts = new SqliteAccountStore(database);
        Settings = new SqliteSettingStore(database);
        Upkeep = new SqliteUpkeepStore(database);
    }

    public DataDirectory Directory { get; }

    /// <summary>For work that is about the file itself, such as copying it.</summary>
    public SqliteDatabase Database => _database;

    public IBlobStore Blobs => _blobs;

    public SqliteMetadataStore Metadata { get; }

    public IAccountStore Accounts { get; }

    public ISettingStore Settings { get; }

    public SqliteUpkeepStore Upkeep { get; }

    /// <summary>Opens, and creates when needed, the directory for the one server process that may have it.</summary>
    /// <exception cref="StorageUnusableException">It cannot be used, or another server has it.</exception>
    public static async Task<SingleNodeStores> OpenForServingAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = DataDirectory.Open(path);
        var stores = OpenLocked(directory, directory.LockForServing(), time);
        try
        {
            await UploadRecovery.RunAsync(stores.Blobs, stores.Metadata, cancellationToken);
            return stores;
        }
        catch
        {
            stores.Dispose();
            throw;
        }
    }

    /// <summary>Opens a directory that holds a registry's data, whether or not a server is running on it.</summary>
    /// <exception cref="StorageUnusableException">There is none.</exception>
    public static SingleNodeStores OpenForCommand(string path, TimeProvider time)
    {
        var directory = DataDirectory.OpenExisting(path);
        return new SingleNodeStores(directory, SqliteDatabase.Open(directory.DatabaseFile, SqliteUse.Command), null, time);
    }

    private static SingleNodeStores OpenLocked(DataDirectory directory, IDisposable served, TimeProvider time)
    {
        try
        {
            return new SingleNodeStores(directory, SqliteDatabase.Open(directory.DatabaseFile, SqliteUse.Serving), served, time);
        }
        catch
        {
            served.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _blobs.Dispose();
        _database.Dispose();
        _lock?.Dispose();
    }
}
