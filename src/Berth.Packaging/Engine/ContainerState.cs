namespace Berth.Packaging.Engine;

/// <param name="ExitCode">Of the container's first process; without meaning while it runs.</param>
/// <param name="OutOfMemory">The kernel killed a process of the container because of its memory limit.</param>
/// <param name="Error">Why the engine could not start it; empty when it could.</param>
internal sealed record ContainerState(bool Running, long ExitCode, bool OutOfMemory, string Error);
