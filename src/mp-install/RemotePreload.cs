using System.Text.Json;
using Berth.Oci;
using Berth.Packaging.Preload;
using Berth.Packaging.Remote;

namespace Berth.MpInstall;

/// <summary><c>mp-install preload</c> on other hosts, several at a time, with a table of what came of it.</summary>
internal sealed class RemotePreload(PreloadOptions options, RemoteAccess access, bool json)
{
    private const int AtATime = 8;

    /// <exception cref="UsageException">There is no host, or a file that is needed is not there.</exception>
    public async Task<int> RunAsync(IReadOnlyList<RemoteTarget> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
            throw new UsageException("--hosts names no host");
        var run = await PlanAsync(cancellationToken);
        var results = new RemotePreloadResult[targets.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, targets.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (i, token) => results[i] = await OnAsync(run, targets[i], token));
        Write(results);
        return results.All(result => result.ExitCode == ExitCodes.Success) ? ExitCodes.Success : PreloadExitCodes.Hosts;
    }

    /// <summary>The login is found here, and goes to each host on its standard input.</summary>
    private async Task<RemoteRun> PlanAsync(CancellationToken cancellationToken)
    {
        var image = await options.ReadImageAsync(cancellationToken);
        var arguments = new List<string> { "preload", options.Pak, "--output", "json" };
        foreach (var bundle in options.Bundles)
            arguments.AddRange("--bundle", Existing(bundle));
        if (options.Key is { } key)
            arguments.AddRange("--key", Existing(key));
        if (options.DefaultRegistry is { } registry)
            arguments.AddRange("--default-registry", registry.ToString());
        var login = options.Bundles.Count > 0 ? null : await options.Credentials.FindAsync(image.Registry, cancellationToken);
        if (login is not null)
            arguments.AddRange("--registry-username", login.Username, "--password-stdin");
        var files = new[] { options.Pak }.Concat(options.Bundles).Concat(options.Key is null ? [] : [options.Key]);
        return new RemoteRun(RemoteProgram.File, arguments, [.. files], login?.Secret);
    }

    private static string Existing(string file) => File.Exists(file) ? file : throw new UsageException($"there is no file {Quote.Short(file)}");

    private async Task<RemotePreloadResult> OnAsync(RemoteRun run, RemoteTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await run.OnAsync(target, access, cancellationToken);
            var document = JsonSerializer.Deserialize(ended.Output, PreloadJson.Default.PreloadDocument);
            return new RemotePreloadResult(target.ToString(), ended.ExitCode, document?.Source, document?.Error);
        }
        catch (RemoteException e)
        {
            return new RemotePreloadResult(target.ToString(), LookExitCodes.Remote, null, e.Message);
        }
        catch (JsonException)
        {
            return new RemotePreloadResult(target.ToString(), ExitCodes.Unexpected, null, "what came back is no result");
        }
    }

    private void Write(IReadOnlyList<RemotePreloadResult> results)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(results, LookJson.Default.IReadOnlyListRemotePreloadResult));
            return;
        }

        var widest = results.Max(result => result.Host.Length);
        foreach (var result in results)
        {
            var said = result.ExitCode == ExitCodes.Success ? $"has it ({result.Source})" : result.Error;
            Console.Out.WriteLine($"{(result.ExitCode == ExitCodes.Success ? "ok" : "failed"),-6}  {result.Host.PadRight(widest)}  {said}");
        }
    }
}

/// <param name="ExitCode">What preload ended with there; 42 when the host could not be worked on.</param>
internal sealed record RemotePreloadResult(string Host, int ExitCode, string? Source, string? Error);
