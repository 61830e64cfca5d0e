using System.Text;
using BCrypt.Net;
using Berth.Oci;

namespace Berth.Server.Auth;

/// <summary>bcrypt, the form that htpasswd files use. Each verification costs a tenth of a second of a processor, on purpose.</summary>
/// <remarks>So only some run at a time, and only so many wait: a flood of wrong logins must leave processors for pulls.</remarks>
internal sealed class PasswordHasher(int cost = PasswordHasher.DefaultCost) : IDisposable
{
    public const int DefaultCost = 11;

    internal const int LongestQueue = 100;

    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>No password's hash, of the same cost as the others: it makes an unknown name as slow to refuse as a wrong password.</summary>
    internal string Decoy { get; } = $"$2a${cost:00}$abcdefghijklmnopqrstuuAb3dEf6hIj9lMn2pQr5tUv8xYz1BcDe";

    private int _waiting;

    public string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, cost);

    /// <param name="hash">Null when there is no account to compare with: the answer is <c>false</c>, after the same time.</param>
    /// <exception cref="OciException"><see cref="OciError.TooManyRequests"/>: too many logins are being checked.</exception>
    public async Task<bool> VerifyAsync(string password, string? hash, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > LongestQueue)
                throw new OciException(OciError.TooManyRequests, "too many logins are being checked");
            await _free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            var fits = Encoding.UTF8.GetByteCount(password) <= PasswordRule.MaxBytes;
            return await Task.Run(() => Matches(fits ? password : "", hash ?? Decoy), CancellationToken.None) && fits && hash is not null;
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private static bool Matches(string password, string hash)
    {
        try
        {
            return BCrypt.Net.BCrypt.Verify(password, hash);
        }
        catch (SaltParseException)
        {
            return false;
        }
    }
}
