namespace Berth.Registry.Access;

/// <summary>Who may log in. One method is one transaction, durable when it returns; a change made by another process is seen at once.</summary>
public interface IAccountStore
{
    ValueTask<Account?> FindAccountAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds an account; <c>false</c> when the name is taken.</summary>
    ValueTask<bool> AddAccountAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives an account another password; <c>false</c> when there is no such account.</summary>
    ValueTask<bool> SetPasswordAsync(string name, string passwordHash, CancellationToken cancellationToken);

    /// <summary><c>false</c> when there is no such account.</summary>
    ValueTask<bool> RemoveAccountAsync(string name, CancellationToken cancellationToken);

    /// <summary>All accounts by name.</summary>
    ValueTask<IReadOnlyList<Account>> ListAccountsAsync(CancellationToken cancellationToken);
}

/// <param name="PasswordHash">bcrypt, as an htpasswd file has it.</param>
public sealed record Account(string Name, string PasswordHash, bool IsAdministrator);
