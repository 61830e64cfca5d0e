namespace Berth.Clients.Tests.Clients;

/// <summary>The columns of the table.</summary>
internal static class AllClients
{
    public static IReadOnlyList<Client> Engines { get; } = [new DockerClient(), new PodmanClient(), new BuildahClient(), new CtrClient()];

    public static IReadOnlyList<Client> Tools { get; } = 
        [new SkopeoClient(), new UmociClient(), new CraneClient(), new OrasClient(), new CosignClient(), new NotationClient()];

    public static IReadOnlyList<Client> All { get; } = [.. Engines, .. Tools];
}
