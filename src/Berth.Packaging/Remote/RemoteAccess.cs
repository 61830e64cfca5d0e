namespace Berth.Packaging.Remote;

/// <summary>How to get into hosts.</summary>
/// <param name="KnownHosts">File with the keys that hosts have to show.</param>
/// <param name="Identities">Files with private keys; those that do not exist are passed over, unless there is only one.</param>
/// <param name="Passphrase">Of the keys; null: they have none.</param>
/// <param name="Password">To log in with where no key is taken; null: none.</param>
public sealed record RemoteAccess(string KnownHosts, IReadOnlyList<string> Identities, string? Passphrase = null, string? Password = null)
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    private static readonly string[] UsualKeys = ["id_ed25519", "id_ecdsa", "id_rsa"];

    /// <summary>What OpenSSH takes when nothing is said.</summary>
    public static RemoteAccess OfHome(string home) => new(
        Path.Combine(home, ".ssh", "known_hosts"),
        [.. UsualKeys.Select(name => Path.Combine(home, ".ssh", name))]);
}
