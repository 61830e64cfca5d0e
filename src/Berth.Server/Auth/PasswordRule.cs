using System.Security.Cryptography;
using System.Text;

namespace Berth.Server.Auth;

/// <summary>Which passwords are taken.</summary>
internal static class PasswordRule
{
    private const int FewestGoodCharacters = 8;

    /// <summary>bcrypt looks at no more; what lies beyond would be ignored without a word.</summary>
    public const int MaxBytes = 72;

    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <returns>What is wrong, for the person who chose it; null when nothing is.</returns>
    public static string? Problem(string password)
    {
        if (password.Length == 0)
            return "the password is empty";
        if (Encoding.UTF8.GetByteCount(password) > MaxBytes)
            return $"the password has more than {MaxBytes} bytes in UTF-8; bcrypt would ignore the rest, so choose a shorter one";
        return password.Any(char.IsControl) ? "the password contains a control character, such as a line break" : null;
    }

    /// <summary>A weak password is taken all the same: only who chose it knows what it guards.</summary>
    /// <returns>What to warn of; null when nothing is weak.</returns>
    public static string? Weakness(string password) => password.Length < FewestGoodCharacters
        ? $"warning: the password has {password.Length} characters; with fewer than {FewestGoodCharacters} it is easily guessed"
        : null;

    /// <summary>24 characters out of 56: 139 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Letters, 24);
}
