using System.Security.Cryptography;
using System.Text;

namespace Berth.Packaging.Remote;

/// <summary>A file of known hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): names or hashes of names, a type, a key.</summary>
internal sealed class KnownHosts
{
    private const long LongestFile = 4 * 1024 * 1024;
    private const string HashedMark = "|1|";

    private readonly IReadOnlyList<string[]> _lines;

    private KnownHosts(IReadOnlyList<string[]> lines) => _lines = lines;

    /// <summary>A file that is not there knows nobody.</summary>
    /// <exception cref="RemoteException">It cannot be read.</exception>
    public static KnownHosts Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return new KnownHosts([]);
            if (file.Length > LongestFile)
                throw new RemoteException($"{path} is no file of known hosts: it is larger than {LongestFile >> 20} MiB");
            return new KnownHosts([.. File.ReadLines(path).Select(Parts).Where(parts => parts.Length >= 3)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RemoteException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What the file says of a host that shows this key.</summary>
    public KnownHost Judge(string name, ReadOnlySpan<byte> key)
    {
        var shown = Convert.ToBase64String(key);
        var ofHost = _lines.Where(parts => Names(parts[0], name)).ToList();
        if (ofHost.Any(parts => parts[2] == shown))
            return KnownHost.Same;
        return ofHost.Count > 0 ? KnownHost.Another : KnownHost.Unknown;
    }

    /// <remarks>Lines with a mark (@revoked, @cert-authority) are for other purposes: whom they name is not known by them.</remarks>
    private static string[] Parts(string line) => line is ['#' or '@', ..] ? [] : line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Names(string field, string name) =>
        field.StartsWith(HashedMark, StringComparison.Ordinal) ? IsHashOf(field, name) : field.Split(',').Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsHashOf(string field, string name)
    {
        if (field[HashedMark.Length..].Split('|') is not [var salt, var hash])
            return false;
        try
        {
            // The format has SHA-1.
#pragma warning disable CA5350
            var computed = HMACSHA1.HashData(Convert.FromBase64String(salt), Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350
            return Convert.ToBase64String(computed) == hash;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
