using Berth.Packaging.Engine;

namespace Berth.Packaging.Adapter;

/// <summary>Says what became of a container, with the end of its log: what one would look up next.</summary>
internal static class ContainerReport
{
    private const int LogLines = 10;

    /// <summary>128 + SIGKILL. Not every engine sees that it was the kernel's.</summary>
    private const int Killed = 137;

    public static async Task<string> EndedAsync(AdapterContainer container, ContainerState state, CancellationToken cancellationToken) =>
        $"{Ended(container, state)}{await LogAsync(container, cancellationToken)}";

    /// <summary>The end of the log as lines of their own, the first on a new line; empty when there is no log.</summary>
    public static async Task<string> LogAsync(AdapterContainer container, CancellationToken cancellationToken)
    {
        var lines = await container.GetLogTailAsync(LogLines, cancellationToken);
        return lines.Count == 0 ? " It wrote nothing to its log." : $" The end of its log:\n  | {string.Join("\n  | ", lines)}";
    }

    public static AdapterFailure FailureOf(ContainerState state) =>
        state.OutOfMemory || state.ExitCode == Killed ? AdapterFailure.OutOfMemory : AdapterFailure.Ended;

    /// <param name="state">Null when the container is gone.</param>
    public static string Ended(AdapterContainer container, ContainerState? state)
    {
        if (state is null)
            return $"Somebody removed the container {container.Name}.";
        if (state.OutOfMemory)
            return $"The adapter ran out of memory (its limit is {container.MemoryMegabytes} MB; "
                + $"the identifier {AdapterConfig.MemoryLimitKey} of the connection sets it).";
        if (state.ExitCode == Killed)
            return $"The adapter's process was killed (exit code {Killed}), perhaps for its memory: "
                + $"the limit is {container.MemoryMegabytes} MB.";
        return state.Error.Length > 0
            ? $"The container could not run: {state.Error}."
            : $"The adapter's process ended with exit code {state.ExitCode}.";
    }
}
