using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Berth.Server.Auth;

/// <summary>Remembers for a while that a password matched a hash, so that a client which sends Basic with every request pays for bcrypt once.</summary>
/// <remarks>
/// The key covers the account's hash as it is now, so a changed password is never answered from here. It is keyed with a secret of this
/// process: what lies in memory tells nothing about the password.
/// </remarks>
internal sealed class VerifiedPasswords(TimeProvider time)
{
    private const int Most = 4096;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public bool Contains(string password, string hash)
    {
        var key = Key(password, hash);
        if (!_until.TryGetValue(key, out var until))
            return false;
        if (until > time.GetUtcNow())
            return true;
        _until.TryRemove(key, out _);
        return false;
    }

    public void Add(string password, string hash)
    {
        // Full is rare and forgetting costs one bcrypt each: no order of use is kept.
        if (_until.Count >= Most)
            _until.Clear();
        _until[Key(password, hash)] = time.GetUtcNow() + Remembered;
    }

    private string Key(string password, string hash) =>
        Convert.ToHexString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{hash}\n{password}")));
}
