namespace Berth.Server.Storage;

/// <summary>The one directory that holds everything a single-node registry knows (docs/storage-layout.md draws it).</summary>
internal sealed class DataDirectory
{
    private DataDirectory(string root) => Root = root;

    public string Root { get; }

    public string Blobs => Path.Combine(Root, "blobs");

    public string Uploads => Path.Combine(Root, "uploads");

    /// <summary>Content that was collected and can be brought back.</summary>
    public string Trash => Path.Combine(Root, "trash");

    /// <summary>Content that is not what its name says.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    public string DatabaseFile => Path.Combine(Root, "berth.db");

    private string LockFile => Path.Combine(Root, "lock");

    /// <summary>Opens the directory and creates it when it is not there.</summary>
    /// <exception cref="StorageUnusableException">It cannot be created or written.</exception>
    public static DataDirectory Open(string path)
    {
        var directory = new DataDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return directory.Try(directory.Create);
    }

    /// <summary>Opens a directory that a registry has written before: a mistyped path must not make a new one.</summary>
    /// <exception cref="StorageUnusableException">There is no registry's data.</exception>
    public static DataDirectory OpenExisting(string path)
    {
        var directory = new DataDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return File.Exists(directory.DatabaseFile)
            ? directory
            : throw new StorageUnusableException(
                $"'{directory.Root}' holds no registry data: name the directory that 'berth serve' uses, or start 'berth serve' there.");
    }

    /// <summary>
    /// Reserves the directory for one server process until the result is disposed, and proves that content can be written
    /// here. Commands that work beside a running server do without.
    /// </summary>
    /// <exception cref="StorageUnusableException">Another server has it, or it cannot be written.</exception>
    public IDisposable LockForServing() => Try(() =>
    {
        var file = OpenServingLock();
        try
        {
            ProveWritable();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>Reserves one kind of work on the directory for whoever asks, this process or another; null while somebody else has it.</summary>
    public IDisposable? TryLock(string work)
    {
        try
        {
            return OpenLockFile(Path.Combine(Root, $"{work}.lock"));
        }
        catch (IOException e) when (PrivateFile.IsInUse(e))
        {
            return null;
        }
    }

    private FileStream OpenServingLock()
    {
        try
        {
            return OpenLockFile(LockFile);
        }
        catch (IOException e) when (PrivateFile.IsInUse(e))
        {
            throw new StorageUnusableException(
                $"Another 'berth serve' is using '{Root}': stop it first, or give this one a directory of its own with --data.", e);
        }
    }

    /// <summary>FileShare.None is flock(2): the kernel gives it back however the process ends.</summary>
    private static FileStream OpenLockFile(string file) =>
        new(file, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    private DataDirectory Create()
    {
        if (!Directory.Exists(Root))
            DurableFiles.CreateDirectory(Root);
        DurableFiles.CreateDirectory(Blobs);
        DurableFiles.CreateDirectory(Uploads);
        return this;
    }

    /// <summary>Takes the way that every blob takes: a read-only disk, or two disks where there must be one, is found now.</summary>
    private void ProveWritable()
    {
        var upload = Path.Combine(Uploads, ".probe");
        var blob = Path.Combine(Blobs, ".probe");
        using (new FileStream(upload, PrivateFile.Options(FileMode.Create, FileAccess.Write, FileShare.None)))
        {
        }

        DurableFiles.Rename(upload, blob);
        File.Delete(blob);
    }

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnusableException(
                $"The data directory '{Root}' cannot be written ({e.Message}): "
                + "make it writable for this user, or name another one with --data.",
                e);
        }
    }
}
