using Berth.Oci.Client;

namespace Berth.MpInstall;

/// <summary>The login given with the command: the password from standard input or the environment.</summary>
internal static class PreloadLogin
{
    public const string PasswordVariable = "MP_INSTALL_REGISTRY_PASSWORD";

    private const int LongestPassword = 64 * 1024;

    /// <returns>Null when no user is named.</returns>
    /// <exception cref="UsageException">There is a user and no password.</exception>
    public static Credential? Read(string? username, bool fromInput)
    {
        if (string.IsNullOrEmpty(username))
            return null;
        var (password, origin) = fromInput
            ? (ReadInput(Console.In), "--registry-username and standard input")
            : (Environment.GetEnvironmentVariable(PasswordVariable), $"--registry-username and {PasswordVariable}");
        return string.IsNullOrEmpty(password)
            ? throw new UsageException($"--registry-username needs a password: give it on standard input with --password-stdin, or in {PasswordVariable}")
            : new Credential(username, password) { Origin = origin };
    }

    /// <summary>All of the input but its last line end, which no password has and every <c>echo</c> adds.</summary>
    private static string ReadInput(TextReader input)
    {
        var buffer = new char[LongestPassword];
        var text = buffer.AsSpan(0, input.ReadBlock(buffer));
        if (text is [.., '\n'])
            text = text[..^1];
        return (text is [.., '\r'] ? text[..^1] : text).ToString();
    }
}
