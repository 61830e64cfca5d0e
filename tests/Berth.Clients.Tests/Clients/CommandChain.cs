using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Clients.Tests.Clients;

/// <summary>A client's command followed by looking at what it has done; a command that failed ends the chain.</summary>
internal static class CommandChain
{
    public static async Task<CommandResult> ThenAsync(this Task<CommandResult> first, Func<CommandResult, Task<CommandResult>> next)
    {
        var result = await first;
        return result.ExitCode == 0 ? await next(result) : result;
    }

    public static Task<CommandResult> ThenAsync(this Task<CommandResult> first, Command next) => first.ThenAsync(_ => next.RunAsync());

    /// <summary>Adds a file's text to the output.</summary>
    public static Task<CommandResult> ThenReadAsync(this Task<CommandResult> first, string file) =>
        first.ThenAsync(async result => result with { Output = result.Output + await File.ReadAllTextAsync(file) });

    /// <summary>Adds the digest of a file's bytes to the output.</summary>
    public static Task<CommandResult> ThenHashAsync(this Task<CommandResult> first, string file) =>
        first.ThenAsync(async result => result with { Output = result.Output + Sha256.Of(await File.ReadAllBytesAsync(file)) });
}
