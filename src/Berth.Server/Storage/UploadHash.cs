using System.Buffers;
using System.Security.Cryptography;
using Berth.Oci;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Storage;

internal static class UploadHash
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Reads the first <paramref name="length"/> bytes of the file and hashes them.</summary>
    public static Digest OfFile(SafeFileHandle file, long length, DigestAlgorithm algorithm)
    {
        using var hash = IncrementalHash.CreateHash(
            algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long offset = 0; offset < length;)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset)), offset);
                if (read == 0)
                    throw new EndOfStreamException($"The upload ends after {offset} of {length} bytes.");
                hash.AppendData(buffer, 0, read);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Digest.FromHash(algorithm, hash.GetCurrentHash());
    }
}
