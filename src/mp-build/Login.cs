using System.CommandLine;
using Berth.Oci.Client;
using Berth.Packaging;

namespace Berth.MpBuild;

/// <summary>The login given with the command: the password from standard input, an option or the environment, in this order.</summary>
internal static class Login
{
    public const string PasswordVariable = "MP_BUILD_REGISTRY_PASSWORD";

    private const int LongestPassword = 64 * 1024;

    /// <returns>Null when no user is named: then what docker or podman stored counts.</returns>
    /// <exception cref="PackException">There is a user and no password.</exception>
    public static Credential? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Options.Username) is not { Length: > 0 } username)
            return null;
        var (password, origin) = parsed.GetValue(Options.PasswordStdin) ? (ReadInput(Console.In), "--registry-username and standard input")
            : parsed.GetValue(Options.Password) is { } given ? (given, "--registry-username and --registry-password")
            : (Environment.GetEnvironmentVariable(PasswordVariable), $"--registry-username and {PasswordVariable}");
        return string.IsNullOrEmpty(password)
            ? throw new PackException(
                PackFailure.Usage,
                $"--registry-username needs a password: give it on standard input with --password-stdin, or in {PasswordVariable}")
            : new Credential(username, password) { Origin = origin };
    }

    /// <summary>All of the input but its last line end, which no password has and every <c>echo</c> adds.</summary>
    internal static string ReadInput(TextReader input)
    {
        var buffer = new char[LongestPassword];
        var length = input.ReadBlock(buffer);
        var text = buffer.AsSpan(0, length);
        if (text is [.., '\n'])
            text = text[..^1];
        if (text is [.., '\r'])
            text = text[..^1];
        return text.ToString();
    }
}
