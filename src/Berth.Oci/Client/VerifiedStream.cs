using System.Security.Cryptography;

namespace Berth.Oci.Client;

/// <summary>Hashes what is read through it; the read that meets the end fails when the content is not what its digest says.</summary>
internal sealed class VerifiedStream(Stream inner, Digest expected, long? size, string where) : ReadOnlyStream(inner)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(
        expected.Algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    private long _read;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0)
            Take(buffer.Span[..count]);
        else if (!buffer.IsEmpty && !_ended)
            End();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> content)
    {
        _read += content.Length;
        if (_read > size)
            throw Wrong($"is longer than the {size} bytes that it should have");
        _hash.AppendData(content);
    }

    private void End()
    {
        if (size is not null && _read < size)
            throw Wrong($"ended after {_read} of {size} bytes");
        var actual = Digest.FromHash(expected.Algorithm, _hash.GetHashAndReset());
        if (actual != expected)
            throw Wrong($"has in truth the digest {actual}: its storage or a proxy in between damaged it");
        _ended = true;
    }

    private RegistryException Wrong(string what) => new(RegistryFailure.Protocol, $"the blob {expected} from {where} {what}");
}
