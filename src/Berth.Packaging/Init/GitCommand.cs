using System.ComponentModel;
using System.Diagnostics;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Init;

/// <summary>Runs git, which has to be installed for that.</summary>
internal static class GitCommand
{
    /// <exception cref="PackException">It is not there, or failed.</exception>
    public static async Task RunAsync(string directory, string[] arguments, CancellationToken cancellationToken)
    {
        using var git = Start(directory, arguments);
        var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await git.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }

        await output;
        if (git.ExitCode != 0)
            throw new PackException(PackFailure.Usage, $"git {arguments[0]} failed: {OneLine.Of(await error)}; mend that, or leave --git away");
    }

    private static Process Start(string directory, string[] arguments)
    {
        try
        {
            var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            git.StandardInput.Close();
            return git;
        }
        catch (Win32Exception e)
        {
            throw new PackException(PackFailure.Usage, "--git needs git, which is not installed; install it, or leave --git away", e);
        }
    }
}
