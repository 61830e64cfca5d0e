using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

internal sealed class PodmanClient : StorageClient
{
    public override string Name => "podman";

    public override string TrustWay => "`~/.config/containers/certs.d`";

    public override string Remark => UnsignedInDebian;

    public override Abilities Abilities => new(base.Abilities)
    {
        [Operations.ListTags] = visit => Run(visit, ["search", "--list-tags", .. Trust(visit.Site), visit.PublicRepository]).RunAsync(),
        [Operations.ListRepositories] = visit => Run(visit, ["search", .. Trust(visit.Site), visit.PublicRepository]).RunAsync(),
    };

    // Not all of its commands have a flag for a directory of certificates, but all look into the user's own.
    protected override string[] Trust(Site site, string side = "") => site.Tls ? [] : base.Trust(site, side);
}
