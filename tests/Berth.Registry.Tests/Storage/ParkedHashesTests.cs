using System.Security.Cryptography;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed class ParkedHashesTests : IDisposable
{
    private readonly ParkedHashes _hashes = new();

    [Fact]
    public void A_hash_is_given_back_once()
    {
        var id = UploadId.New();
        using var hash = NewHash();
        _hashes.Park(id, hash, 7);

        Assert.Null(_hashes.Take(UploadId.New(), 7));
        Assert.Same(hash, _hashes.Take(id, 7));
        Assert.Null(_hashes.Take(id, 7));
    }

    [Fact]
    public void A_hash_of_another_number_of_bytes_than_the_file_has_is_of_no_use()
    {
        var id = UploadId.New();
        _hashes.Park(id, NewHash(), 7);

        Assert.Null(_hashes.Take(id, 8));
        Assert.Null(_hashes.Take(id, 7));
    }

    [Fact]
    public void The_one_parked_first_makes_room_for_the_newest()
    {
        var ids = Enumerable.Range(0, 1025).Select(_ => UploadId.New()).ToList();
        foreach (var id in ids)
            _hashes.Park(id, NewHash(), 1);

        Assert.Null(_hashes.Take(ids[0], 1));
        foreach (var id in ids.Skip(1))
        {
            using var hash = _hashes.Take(id, 1);
            Assert.NotNull(hash);
        }
    }

    public void Dispose() => _hashes.Dispose();

    private static IncrementalHash NewHash() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
}
