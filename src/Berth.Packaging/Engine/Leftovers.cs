using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>Containers of runs that were killed before they could remove them.</summary>
internal static class Leftovers
{
    /// <param name="tool">Whose containers.</param>
    /// <param name="note">Told of each that is removed.</param>
    /// <exception cref="EngineException">The engine went away.</exception>
    public static async Task RemoveAsync(ContainerEngine engine, string tool, Action<string> note, CancellationToken cancellationToken)
    {
        var filter = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{ContainerLabels.Tool}={tool}"] = true },
        };
        var listing = engine.Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter }, cancellationToken);
        foreach (var container in await engine.RunAsync("listing containers", listing, cancellationToken))
        {
            if (!container.Labels.TryGetValue(ContainerLabels.Process, out var mark) || !ProcessMark.IsOfDeadProcess(mark))
                continue;
            try
            {
                await engine.RunAsync(
                    "removing a container",
                    engine.Client.Containers.RemoveContainerAsync(container.ID, new ContainerRemoveParameters { Force = true }, cancellationToken),
                    cancellationToken);
                note($"the container {container.Names?.FirstOrDefault()?.TrimStart('/') ?? container.ID} of a run that was killed is removed");
            }
            catch (EngineException e) when (e.Failure == EngineFailure.Refused)
            {
                // Another run removes it at this moment.
            }
        }
    }
}
