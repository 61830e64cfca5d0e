namespace Berth.Clients.Tests.Clients;

internal sealed class BuildahClient : StorageClient
{
    public override string Name => "buildah";

    public override string Remark =>
        "Version 1.28 says that `manifest push` succeeded when it was refused, if it is asked for a `--digestfile`. Nothing is stored.";
}
