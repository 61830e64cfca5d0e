using System.CommandLine.Parsing;

namespace Berth.MpBuild;

/// <summary>Which options of a login go together.</summary>
internal static class LoginRules
{
    public static void Check(CommandResult result)
    {
        if (result.GetValue(Options.PasswordStdin) && result.GetValue(Options.Password) is not null)
            result.AddError("--password-stdin and --registry-password exclude each other.");
        var password = result.GetValue(Options.PasswordStdin) || result.GetValue(Options.Password) is not null;
        if (password && string.IsNullOrEmpty(result.GetValue(Options.Username)))
            result.AddError("A password needs --registry-username.");
    }
}
