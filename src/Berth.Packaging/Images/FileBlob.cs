using System.Security.Cryptography;
using Berth.Oci;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>A blob in a file that others made: checked before it is sent, and left alone afterwards.</summary>
internal sealed class FileBlob(string path, Descriptor blob) : IBlobContent
{
    private const int BlockLength = 1024 * 1024;

    public static Stream Open(string path, long offset)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        file.Position = offset;
        return file;
    }

    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await using var file = Open(path, 0);
        using var hash = IncrementalHash.CreateHash(
            blob.Digest.Algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        var block = new byte[BlockLength];
        while (await file.ReadAsync(block, cancellationToken) is var count and > 0)
            hash.AppendData(block.AsSpan(0, count));
        if (Digest.FromHash(blob.Digest.Algorithm, hash.GetHashAndReset()) != blob.Digest)
            throw new PackException(PackFailure.Push, $"{path} has not the content that its name says: the image is damaged, make it again");
    }

    public Stream OpenAt(long offset) => Open(path, offset);

    public void Release()
    {
    }
}
