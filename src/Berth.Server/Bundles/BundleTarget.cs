using Berth.Server.Storage;

namespace Berth.Server.Bundles;

/// <summary>Where a bundle is written: a file that appears whole or not at all, or standard output.</summary>
internal sealed class BundleTarget : IAsyncDisposable
{
    public const string StandardOutput = "-";

    private readonly string? _path;
    private readonly string? _partial;

    private BundleTarget(Stream stream, string? path, string? partial) => (Stream, _path, _partial) = (stream, path, partial);

    public Stream Stream { get; }

    /// <exception cref="BundleFailedException">Nothing can be written there.</exception>
    public static BundleTarget Open(string path)
    {
        if (path == StandardOutput)
            return new BundleTarget(Console.OpenStandardOutput(), null, null);
        var partial = $"{path}.partial";
        try
        {
            return new BundleTarget(new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20), path, partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleFailedException($"'{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>All of it is written: from now on it is there.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken);
        if (Stream is not FileStream file || _path is null)
            return;
        DurableFiles.Sync(file.SafeFileHandle, _partial!);
        await file.DisposeAsync();
        DurableFiles.Rename(_partial!, _path);
        DurableFiles.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_partial is not null)
            File.Delete(_partial); // which is no more when it was completed
    }
}
