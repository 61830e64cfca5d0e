using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Berth.Packaging.Remote;

/// <summary>A host to work on: <c>ssh://USER@HOST[:PORT]</c>.</summary>
public sealed record RemoteTarget(string User, string Host, int Port)
{
    private const int UsualPort = 22;

    /// <summary>Reads one; without a user it is root, who may use the engine.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RemoteTarget? target)
    {
        target = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "ssh" || uri.Host.Length == 0
            || uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0 || uri.UserInfo.Contains(':', StringComparison.Ordinal))
            return false;
        target = new RemoteTarget(
            uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : "root", uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : UsualPort);
        return true;
    }

    /// <summary>As a file of known hosts names it (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").</summary>
    internal string KnownName => Port == UsualPort ? Host : string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}{(Port == UsualPort ? "" : $":{Port}")}");
}
