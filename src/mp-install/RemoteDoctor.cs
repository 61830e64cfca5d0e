using Berth.Packaging.Doctor;
using Berth.Packaging.Remote;

namespace Berth.MpInstall;

/// <summary><c>mp-install doctor</c> on another host: with its names, network, certificates and engine.</summary>
internal static class RemoteDoctor
{
    public static async Task<int> RunAsync(
        RemoteTarget target, RemoteAccess access, PakCheckOptions options, string output, CancellationToken cancellationToken)
    {
        await options.RequirePakAsync(cancellationToken);
        var arguments = new List<string> { "doctor", options.Pak, "--output", output };
        if (options.DefaultRegistry is { } registry)
            arguments.AddRange("--default-registry", registry.ToString());
        Console.Error.WriteLine($"note: on {target}");
        var ended = await new RemoteRun(RemoteProgram.File, arguments, [options.Pak], null).OnAsync(target, access, cancellationToken);
        Console.Out.Write(ended.Output);
        Console.Error.Write(ended.Error);
        return ended.ExitCode;
    }
}
