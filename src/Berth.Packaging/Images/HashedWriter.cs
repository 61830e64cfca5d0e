using System.Security.Cryptography;
using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>Writes to a stream, and hashes what it writes.</summary>
internal sealed class HashedWriter(Stream target) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Written { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _hash.AppendData(bytes.Span);
        Written += bytes.Length;
        await target.WriteAsync(bytes, cancellationToken);
    }

    public Digest End() => Digest.FromHash(DigestAlgorithm.Sha256, _hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
