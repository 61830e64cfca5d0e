namespace Berth.Oci.Client;

/// <summary>Where logins come from. Asked only after a registry wanted one, and again each time it wants one.</summary>
public interface ICredentialSource
{
    /// <summary>The login for a registry; null when there is none, which means to go on anonymously.</summary>
    /// <exception cref="RegistryException">There may be one and it cannot be read (<see cref="RegistryFailure.Credentials"/>).</exception>
    ValueTask<Credential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken);
}
