namespace Berth.Clients.Tests.Clients;

/// <summary>The columns of the table.</summary>
internal static class AllClients
{
    public static IReadOnlyList<Client> Engines { get; } = [new DockerClient(), new PodmanClient()];

    public static IReadOnlyList<Client> Tools { get; } = [new SkopeoClient(), new CraneClient(), new OrasClient()];

    public static IReadOnlyList<Client> All { get; } = [.. Engines, .. Tools];
}
