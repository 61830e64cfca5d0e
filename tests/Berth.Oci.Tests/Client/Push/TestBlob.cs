using System.Security.Cryptography;
using Berth.Oci.Client.Push;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>Random bytes to push.</summary>
internal sealed class TestBlob(int length)
{
    public byte[] Bytes { get; } = RandomNumberGenerator.GetBytes(length);

    public Descriptor Descriptor => new("application/vnd.oci.image.layer.v1.tar+gzip", Digest.Of(Bytes), Bytes.Length);

    public BlobToPush ToPush(RepositoryName? from = null) => new(Descriptor, new MemoryBlob(Bytes), from);
}
