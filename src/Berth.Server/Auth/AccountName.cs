namespace Berth.Server.Auth;

/// <summary>Which names an account may have: what survives an htpasswd file, a log line and a Basic header unchanged.</summary>
internal static class AccountName
{
    public const int MaxLength = 64;

    public const string Rule = "a user name has 1 to 64 letters, digits, '.', '_', '-' or '@', and starts with a letter or digit";

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength || !char.IsAsciiLetterOrDigit(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '@'))
                return false;
        }

        return true;
    }
}
