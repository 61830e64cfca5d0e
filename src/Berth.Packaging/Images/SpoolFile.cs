using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>A file in the spool. Small writes are not gathered: what writes here has large blocks.</summary>
internal sealed class SpoolFile(string path, SpoolDirectory spool) : IBlobContent
{
    public ValueTask PrepareAsync(CancellationToken cancellationToken) => default;

    public Stream OpenAt(long offset) => FileBlob.Open(path, offset);

    public void Release() => File.Delete(path);

    /// <summary>Makes the file and has it written; one that could not be completed is gone.</summary>
    /// <exception cref="PackException">The disk is full.</exception>
    public async Task<T> WriteAsync<T>(Func<Stream, Task<T>> write)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            return await write(file);
        }
        catch (Exception e)
        {
            File.Delete(path);
            if (e is IOException io && spool.FullDisk(io) is { } full)
                throw full;
            throw;
        }
    }
}
