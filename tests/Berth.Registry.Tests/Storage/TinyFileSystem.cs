namespace Berth.Registry.Tests.Storage;

/// <summary>A file system of its own with hardly any room, so that it can be filled. Mounting takes root.</summary>
internal sealed class TinyFileSystem : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private TinyFileSystem()
    {
    }

    public string Path => _directory["tiny"];

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<TinyFileSystem> MountAsync(string options)
    {
        var tiny = new TinyFileSystem();
        Directory.CreateDirectory(tiny.Path);
        await Command.RunOrFailAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", tiny.Path);
        return tiny;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Command.RunOrFailAsync("umount", Path);
        _directory.Dispose();
    }
}
