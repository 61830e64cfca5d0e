using System.CommandLine;
using Berth.Server.Auth;

namespace Berth.Server.Commands;

/// <summary>Passwords come from standard input: an argument would show in the process list and the shell's history.</summary>
internal static class PasswordInput
{
    private const int Longest = 1024;

    public static Option<bool> Option() => new("--password-stdin") { Description = "Take the password from standard input" };

    /// <returns>The hash of the password read.</returns>
    /// <exception cref="CommandFailedException">There is none, or it is not acceptable.</exception>
    public static string ReadHash(Surroundings around, TextWriter error, bool fromInput, string verb, string user)
    {
        if (!fromInput)
        {
            throw new CommandFailedException(
                $"the password is taken from standard input only: berth user {verb} {user} --password-stdin < FILE", ExitCodes.Usage);
        }

        var password = Read(around);
        if (PasswordRule.Problem(password) is { } problem)
            throw new CommandFailedException(problem, ExitCodes.Usage);
        if (PasswordRule.Weakness(password) is { } weakness)
            error.WriteLine(weakness);
        using var hasher = new PasswordHasher(around.PasswordCost);
        return hasher.Hash(password);
    }

    /// <summary>On a terminal one line; from a pipe everything, less the line break that echo puts at its end.</summary>
    private static string Read(Surroundings around)
    {
        if (around.InputIsTerminal)
            return around.Input.ReadLine() ?? "";
        var buffer = new char[Longest];
        var text = buffer.AsSpan(0, around.Input.ReadBlock(buffer));
        if (text.EndsWith("\n"))
            text = text[..^1];
        if (text.EndsWith("\r"))
            text = text[..^1];
        return text.ToString();
    }
}
