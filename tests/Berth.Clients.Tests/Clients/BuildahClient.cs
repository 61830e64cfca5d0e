namespace Berth.Clients.Tests.Clients;

internal sealed class BuildahClient : StorageClient
{
    public override string Name => "buildah";
}
