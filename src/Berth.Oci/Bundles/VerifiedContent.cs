using System.Security.Cryptography;
using Berth.Oci.Client;

namespace Berth.Oci.Bundles;

/// <summary>Hashes what is read through it. No byte of wrong content is ever its last: the read that would complete it fails instead.</summary>
internal sealed class VerifiedContent(Stream inner, BundleContent expected, string where) : ReadOnlyStream(inner)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(
        expected.Digest.Algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    private long _read;
    private bool _good;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hash.AppendData(buffer.Span[..count]);
        _read += count;
        if (_read > expected.Size || (count == 0 && !buffer.IsEmpty && _read < expected.Size))
            throw new BundleException($"{where}: {expected.Digest} has not the {expected.Size} bytes that it should have");
        if (_read == expected.Size && !_good)
            RequireDigest();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void RequireDigest()
    {
        var actual = Digest.FromHash(expected.Digest.Algorithm, _hash.GetCurrentHash());
        if (actual != expected.Digest)
            throw new BundleException($"{where}: {expected.Digest} is damaged, its bytes have the digest {actual}");
        _good = true;
    }
}
