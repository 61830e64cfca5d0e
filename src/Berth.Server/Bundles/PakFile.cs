using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Berth.Oci;
using Berth.Oci.Bundles;

namespace Berth.Server.Bundles;

/// <summary>A management pack that a bundle takes along: the file, and the image that its .conf names.</summary>
internal static class PakFile
{
    private const string AdapterArchive = "adapter.zip";
    private const long MostAdapterBytes = 1L << 30;
    private const int MostConfBytes = 64 * 1024;

    /// <exception cref="BundleFailedException">It is no usable pak.</exception>
    public static async Task<BundlePak> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var digest = Digest.FromHash(DigestAlgorithm.Sha256, await SHA256.HashDataAsync(file, cancellationToken));
            file.Position = 0;
            var conf = await ReadConfAsync(file, cancellationToken);
            var name = Value(conf, "REPOSITORY").TrimStart('/');
            return RepositoryName.TryParse(name, out var repository) && Digest.TryParse(Value(conf, "DIGEST"), out var image)
                ? new BundlePak(Path.GetFileName(path), digest, file.Length, repository, image)
                : throw new InvalidDataException("its .conf names no image");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BundleFailedException($"'{path}' is no management pack that can be taken along: {e.Message}", e);
        }
    }

    private static async Task<string[]> ReadConfAsync(FileStream file, CancellationToken cancellationToken)
    {
        await using var pak = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, cancellationToken);
        var inner = pak.GetEntry(AdapterArchive) ?? throw new InvalidDataException($"it has no {AdapterArchive}");
        using var adapter = await CopyAsync(inner, MostAdapterBytes, cancellationToken);
        await using var archive = await ZipArchive.CreateAsync(adapter, ZipArchiveMode.Read, leaveOpen: true, null, cancellationToken);
        var conf = archive.Entries.FirstOrDefault(entry => !entry.FullName.Contains('/') && entry.FullName.EndsWith(".conf", StringComparison.Ordinal))
            ?? throw new InvalidDataException("it has no .conf");
        using var text = await CopyAsync(conf, MostConfBytes, cancellationToken);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Split('\n');
    }

    private static async Task<MemoryStream> CopyAsync(ZipArchiveEntry entry, long most, CancellationToken cancellationToken)
    {
        if (entry.Length > most)
            throw new InvalidDataException($"{entry.FullName} in it is too large");
        var copy = new MemoryStream();
        await using var content = await entry.OpenAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            // The length that the archive announces is not believed.
            if (copy.Length + read > most)
                throw new InvalidDataException($"{entry.FullName} in it is too large");
            copy.Write(buffer, 0, read);
        }

        copy.Position = 0;
        return copy;
    }

    private static string Value(string[] conf, string key) =>
        conf.FirstOrDefault(line => line.StartsWith($"{key}=", StringComparison.Ordinal))?[(key.Length + 1)..].Trim() ?? "";
}
