using System.Security.Cryptography;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Keeps the hash of an upload between the requests that write to it: its bytes need not be read again at the end.</summary>
/// <remarks>Bounded: abandoned uploads push each other out, and what was pushed out is hashed from the file.</remarks>
internal sealed class ParkedHashes : IDisposable
{
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<UploadId, (IncrementalHash Hash, long Length)> _parked = [];

    public void Park(UploadId id, IncrementalHash hash, long length)
    {
        lock (_lock)
        {
            Remove(id)?.Dispose();
            if (_parked.Count == Capacity)
                Remove(_parked.GetAt(0).Key)?.Dispose();
            _parked.Add(id, (hash, length));
        }
    }

    /// <summary>The hash of the first <paramref name="length"/> bytes of the upload, or <c>null</c>. The caller owns it.</summary>
    public IncrementalHash? Take(UploadId id, long length)
    {
        lock (_lock)
        {
            var parkedLength = _parked.TryGetValue(id, out var parked) ? parked.Length : -1;
            var hash = Remove(id);
            if (parkedLength == length)
                return hash;
            hash?.Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (hash, _) in _parked.Values)
                hash.Dispose();
            _parked.Clear();
        }
    }

    private IncrementalHash? Remove(UploadId id) => _parked.Remove(id, out var parked) ? parked.Hash : null;
}
