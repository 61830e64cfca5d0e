using Renci.SshNet;
using Renci.SshNet.Common;

namespace Berth.Packaging.Remote;

/// <summary>The ways to log in to a host: each key, then a password.</summary>
internal static class Login
{
    /// <exception cref="RemoteException">There is no way, or a key cannot be used.</exception>
    public static ConnectionInfo Of(RemoteTarget target, RemoteAccess access)
    {
        var keys = access.Identities.Where(file => access.Identities.Count == 1 || File.Exists(file)).Select(file => Load(file, access.Passphrase)).ToArray();
        var ways = new List<AuthenticationMethod>();
        if (keys.Length > 0)
            ways.Add(new PrivateKeyAuthenticationMethod(target.User, keys));
        if (access.Password is { } password)
            ways.Add(new PasswordAuthenticationMethod(target.User, password));
        return ways.Count > 0
            ? new ConnectionInfo(target.Host, target.Port, target.User, [.. ways]) { Timeout = access.ConnectTimeout }
            : throw new RemoteException(
                $"there is nothing to log in to {target} with: give a key with --identity, or a password in MP_INSTALL_SSH_PASSWORD");
    }

    private static PrivateKeyFile Load(string file, string? passphrase)
    {
        try
        {
            return passphrase is null ? new PrivateKeyFile(file) : new PrivateKeyFile(file, passphrase);
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            throw new RemoteException($"{file} is encrypted: give its passphrase in MP_INSTALL_SSH_PASSPHRASE", e);
        }
        catch (Exception e) when (e is SshException or IOException or UnauthorizedAccessException)
        {
            throw new RemoteException($"{file} cannot be used as a key: {Engine.OneLine.Of(e.Message)}", e);
        }
    }
}
