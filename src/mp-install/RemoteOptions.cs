using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Packaging.Remote;

namespace Berth.MpInstall;

/// <summary>What the commands take on their lines that work on other hosts.</summary>
internal sealed class RemoteOptions
{
    private const string PasswordVariable = "MP_INSTALL_SSH_PASSWORD";
    private const string PassphraseVariable = "MP_INSTALL_SSH_PASSPHRASE";
    private const long LongestFile = 1024 * 1024;

    public Option<string?> Identity { get; } = new("--identity")
    {
        Description = $"Private key for SSH; without it, those of ~/.ssh. {PassphraseVariable} has its passphrase, {PasswordVariable} a password to log in with.",
        HelpName = "FILE",
    };

    public Option<string?> KnownHosts { get; } = new("--known-hosts")
    {
        Description = "File with the keys that hosts have to show; without it, ~/.ssh/known_hosts.",
        HelpName = "FILE",
    };

    public static Option<RemoteTarget?> Target(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HOST",
        CustomParser = result => Parse(result, name, result.Tokens[0].Value),
    };

    public static Option<RemoteTarget[]> Targets(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HOST",
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, name, token.Value)).OfType<RemoteTarget>()],
    };

    /// <summary>One host a line; blank ones and those that begin with # do not count.</summary>
    /// <exception cref="UsageException">It cannot be read, or a line names no host.</exception>
    public static IReadOnlyList<RemoteTarget> Read(string? file)
    {
        if (file is null)
            return [];
        try
        {
            if (new FileInfo(file).Length > LongestFile)
                throw new UsageException($"--hosts: {file} is no list of hosts: it is larger than {LongestFile >> 20} MiB");
            var lines = File.ReadLines(file).Select(line => line.Trim()).Where(line => line is not ("" or ['#', ..]));
            return [.. lines.Select(line => RemoteTarget.TryParse(line, out var target)
                ? target
                : throw new UsageException($"--hosts: {file}: a line is ssh://USER@HOST[:PORT], not '{Berth.Oci.Quote.Short(line)}'"))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--hosts: {file} cannot be read: {e.Message}");
        }
    }

    public RemoteAccess Access(ParseResult parsed)
    {
        var usual = RemoteAccess.OfHome(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        return usual with
        {
            KnownHosts = parsed.GetValue(KnownHosts) ?? usual.KnownHosts,
            Identities = parsed.GetValue(Identity) is { } file ? [file] : usual.Identities,
            Passphrase = Variable(PassphraseVariable),
            Password = Variable(PasswordVariable),
        };
    }

    private static RemoteTarget? Parse(ArgumentResult result, string name, string text)
    {
        if (RemoteTarget.TryParse(text, out var target))
            return target;
        result.AddError($"{name} takes ssh://USER@HOST[:PORT], not '{text}'.");
        return null;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
