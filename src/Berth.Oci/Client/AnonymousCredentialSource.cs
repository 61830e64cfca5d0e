namespace Berth.Oci.Client;

/// <summary>Has no login for anybody and reads no file: a client made with it cannot use a stored login by accident.</summary>
public sealed class AnonymousCredentialSource : ICredentialSource
{
    private AnonymousCredentialSource()
    {
    }

    public static AnonymousCredentialSource Instance { get; } = new();

    public ValueTask<Credential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken) => default;
}
