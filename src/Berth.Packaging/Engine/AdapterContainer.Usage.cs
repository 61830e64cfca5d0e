using Docker.DotNet;
using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>What the engine measures of a container.</summary>
internal sealed partial class AdapterContainer
{
    /// <summary>What it takes of the machine; null when the engine does not say.</summary>
    public async Task<ContainerUsage?> FindUsageAsync(CancellationToken cancellationToken)
    {
        ContainerUsage? usage = null;
        try
        {
            await _engine.Client.Containers.GetContainerStatsAsync(
                Id, new ContainerStatsParameters { Stream = false, OneShot = true }, new UsageReader(found => usage = found), cancellationToken);
        }
        catch (DockerApiException)
        {
            // A number in a table is no reason for a failure.
        }

        return usage;
    }

    private sealed class UsageReader(Action<ContainerUsage> found) : IProgress<ContainerStatsResponse>
    {
        public void Report(ContainerStatsResponse value)
        {
            if (value is not { CPUStats.CPUUsage: { } processor, MemoryStats: { Usage: > 0 } memory })
                return;
            ulong cached = 0;
            memory.Stats?.TryGetValue("inactive_file", out cached);
            found(new ContainerUsage(TimeSpan.FromMicroseconds(processor.TotalUsage / 1000.0), (long)(memory.Usage - cached)));
        }
    }
}
