namespace Berth.Oci.Client;

/// <summary>One login for one registry, as given on a command line; none for any other.</summary>
public sealed class FixedCredentialSource(RegistryHost owner, Credential credential) : ICredentialSource
{
    public ValueTask<Credential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken) =>
        ValueTask.FromResult(registry == owner ? credential : null);
}
