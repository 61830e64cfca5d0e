using Berth.Registry.Access;
using Berth.Server.Configuration;

namespace Berth.Server.Auth;

/// <summary>A registry that has no account yet gets an administrator, because no default password exists.</summary>
internal static class FirstAdministrator
{
    public const string Name = "admin";

    public const string PasswordVariable = "BERTH_ADMIN_PASSWORD";

    /// <param name="chosen">The password that the operator set; null to have one made.</param>
    /// <returns>The password that was made, which nobody can learn again; null when none was.</returns>
    /// <exception cref="ConfigurationException">The operator's password is not acceptable.</exception>
    public static async Task<string?> EnsureAsync(
        IAccountStore accounts, PasswordHasher hasher, string? chosen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((await accounts.ListAccountsAsync(cancellationToken)).Count > 0)
            return null;
        if (chosen is not null && PasswordRule.Problem(chosen) is { } problem)
            throw new ConfigurationException($"{PasswordVariable}: {problem}");
        var password = chosen ?? PasswordRule.Generate();
        var added = await accounts.AddAccountAsync(new Account(Name, hasher.Hash(password), IsAdministrator: true), now, cancellationToken);
        return added && chosen is null ? password : null;
    }
}
