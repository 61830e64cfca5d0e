using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Doctor;

/// <summary>Remembers whether a login was asked for, and which one was found.</summary>
internal sealed class WitnessedCredentials(ICredentialSource source) : ICredentialSource
{
    public bool WasAsked { get; private set; }

    public Credential? Found { get; private set; }

    public async ValueTask<Credential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken)
    {
        WasAsked = true;
        Found = await source.FindAsync(registry, cancellationToken);
        return Found;
    }
}
