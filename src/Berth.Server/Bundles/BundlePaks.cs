using Berth.Oci.Bundles;
using Berth.Server.Storage;

namespace Berth.Server.Bundles;

/// <summary>Writes the management packs of a bundle as files.</summary>
internal static class BundlePaks
{
    /// <returns>Their paths.</returns>
    /// <exception cref="BundleFailedException">One cannot be written, or an earlier bundle has it.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(BundleFile bundle, string directory, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var pak in bundle.Contents.Paks)
            {
                await bundle.RequirePlaceAsync(pak.Digest, cancellationToken);
                await using var content = bundle.TryOpenBlob(pak.Digest)
                    ?? throw new BundleFailedException($"{pak.FileName} is in an earlier bundle: take it from there");
                var path = Path.Combine(directory, pak.FileName);
                await using (var file = new FileStream($"{path}.partial", FileMode.Create, FileAccess.Write, FileShare.None))
                {
                    await content.CopyToAsync(file, cancellationToken);
                    await file.FlushAsync(cancellationToken);
                    DurableFiles.Sync(file.SafeFileHandle, file.Name);
                }

                DurableFiles.Rename($"{path}.partial", path);
                written.Add(path);
            }

            DurableFiles.SyncDirectory(directory);
            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleFailedException($"the management packs cannot be written into '{directory}': {e.Message}", e);
        }
    }
}
