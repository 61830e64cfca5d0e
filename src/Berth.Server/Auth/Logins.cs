using Berth.Registry.Access;
using Berth.Server.Diagnostics;

namespace Berth.Server.Auth;

/// <summary>Proves a name and password.</summary>
/// <remarks>The account is read each time, also when its password was verified a moment ago: a change takes effect with the next request.</remarks>
internal sealed class Logins(IAccountStore accounts, PasswordHasher hasher, TimeProvider time, ILogger logger)
{
    private readonly VerifiedPasswords _verified = new(time);

    /// <returns>Null when the login is wrong; unknown names and wrong passwords look the same and take the same time.</returns>
    public async ValueTask<Subject?> VerifyAsync(BasicCredential credential, HttpContext http)
    {
        var known = AccountName.IsValid(credential.Name) ? await accounts.FindAccountAsync(credential.Name, http.RequestAborted) : null;
        if (known is not null && _verified.Contains(credential.Password, known.PasswordHash))
            return SubjectOf(known);
        if (!await hasher.VerifyAsync(credential.Password, known?.PasswordHash, http.RequestAborted) || known is null)
        {
            logger.LoginRefused(Printable(credential.Name), http.Connection.RemoteIpAddress?.ToString() ?? "-");
            return null;
        }

        _verified.Add(credential.Password, known.PasswordHash);
        return SubjectOf(known);
    }

    /// <summary>The account as it is now; null when it was removed.</summary>
    public async ValueTask<Subject?> FindAsync(string name, CancellationToken cancellationToken) =>
        await accounts.FindAccountAsync(name, cancellationToken) is { } account ? SubjectOf(account) : null;

    private static Subject SubjectOf(Account account) => new(account.Name, account.IsAdministrator);

    private static string Printable(string name) => AccountName.IsValid(name) ? name : "(not a user name)";
}
