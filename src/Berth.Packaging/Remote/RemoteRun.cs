using System.Text;

namespace Berth.Packaging.Remote;

/// <summary>A run of this very program on another host, where it sees that host's names, network, certificates and engine. It leaves nothing there.</summary>
/// <param name="Executable">The program: one file that runs there by itself.</param>
/// <param name="Arguments">Its command line; words that are <see cref="Files"/> stand for them.</param>
/// <param name="Files">What it needs from here.</param>
/// <param name="Input">For its standard input; null: none.</param>
public sealed record RemoteRun(string Executable, IReadOnlyList<string> Arguments, IReadOnlyList<string> Files, string? Input)
{
    private const string Name = "mp-install";

    /// <returns>What it ended with and what it said.</returns>
    /// <exception cref="RemoteException">It could not be run there.</exception>
    public async Task<(int ExitCode, string Output, string Error)> OnAsync(RemoteTarget target, RemoteAccess access, CancellationToken cancellationToken)
    {
        await using var host = await RemoteHost.ConnectAsync(target, access, cancellationToken);
        var directory = await host.MakeDirectoryAsync(cancellationToken);
        await host.UploadAsync(Executable, Name, cancellationToken);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Files.Distinct(StringComparer.Ordinal))
        {
            var name = $"{names.Count}-{Path.GetFileName(file)}";
            await host.UploadAsync(file, name, cancellationToken);
            names[file] = $"{directory}/{name}";
        }

        var words = Arguments.Select(word => Shell.Quote(names.GetValueOrDefault(word, word)));
        using var input = Input is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(Input));
        var ended = await host.RunAsync($"{Shell.Quote($"{directory}/{Name}")} {string.Join(' ', words)}", input, cancellationToken);
        return ended.ExitCode is 126 or 127
            ? throw new RemoteException($"{target}: {Name} of this machine does not run there: {Engine.OneLine.Of(ended.Error)}")
            : (ended.ExitCode, ended.Output, ended.Error);
    }
}
