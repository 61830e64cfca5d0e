namespace Berth.MpInstall;

/// <summary>This very program, to be run on a host that does not have it.</summary>
internal static class RemoteProgram
{
    /// <exception cref="UsageException">It is not one file for Linux that runs by itself.</exception>
    public static string File => OperatingSystem.IsLinux()
        && Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == CommandLine.Name
        && !System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported
            ? path
            : throw new UsageException("another host is worked on with this very program, which has to be the native executable for linux-x64 for that");
}
