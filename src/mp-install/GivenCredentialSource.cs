using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.MpInstall;

/// <summary>The login of the command line: for the registry of the pak, which is the only one that is asked.</summary>
internal sealed class GivenCredentialSource(Credential login) : ICredentialSource
{
    public ValueTask<Credential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken) => ValueTask.FromResult<Credential?>(login);
}
