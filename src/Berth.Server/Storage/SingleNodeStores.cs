using Berth.Registry.Access;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>The stores of a registry that lives in one directory.</summary>
internal sealed class SingleNodeStores : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IDisposable? _lock;

    private SingleNodeStores(DataDirectory directory, SqliteDatabase database, IDisposable? @lock, TimeProvider time)
    {
        _database = database;
        _lock = @lock;
        Blobs = new FileSystemBlobStore(directory, time);
        Metadata = new SqliteMetadataStore(database);
        Accounts = new SqliteAccountStore(database);
        Settings = new SqliteSettingStore(database);
    }

    public IBlobStore Blobs { get; }

    public SqliteMetadataStore Metadata { get; }

    public IAccountStore Accounts { get; }

    public ISettingStore Settings { get; }

    /// <summary>Opens, and creates when needed, the directory for the one server process that may have it.</summary>
    /// <exception cref="StorageUnusableException">It cannot be used, or another server has it.</exception>
    public static async Task<SingleNodeStores> OpenForServingAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = DataDirectory.Open(path);
        var served = directory.LockForServing();
        try
        {
            var stores = new SingleNodeStores(directory, SqliteDatabase.Open(directory.DatabaseFile, SqliteUse.Serving), served, time);
            await UploadRecovery.RunAsync(stores.Blobs, stores.Metadata, cancellationToken);
            return stores;
        }
        catch
        {
            served.Dispose();
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

    public void Dispose()
    {
        _database.Dispose();
        _lock?.Dispose();
    }
}
