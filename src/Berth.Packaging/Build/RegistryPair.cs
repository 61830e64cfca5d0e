using Berth.Oci.Client;

namespace Berth.Packaging.Build;

/// <summary>The registry that is pushed to, with a login, and the one that the appliance pulls from, without.</summary>
internal sealed class RegistryPair : IDisposable
{
    public RegistryPair(Repositories repositories, ICredentialSource credentials, RegistryClientOptions options)
    {
        Repositories = repositories;
        Credentials = credentials;
        Push = new RegistryClient(repositories.Push.Registry, credentials, options);
        Pull = new RegistryClient(repositories.Pull.Registry, AnonymousCredentialSource.Instance, options);
    }

    public Repositories Repositories { get; }

    public ICredentialSource Credentials { get; }

    public RegistryClient Push { get; }

    public RegistryClient Pull { get; }

    public static RegistryPair Open(PackOptions options, Repositories repositories, Credential? login, TimeProvider time) => new(
        repositories,
        login is null ? new DockerCredentialSource() : new FixedCredentialSource(repositories.Push.Registry, login),
        new RegistryClientOptions { InsecureHosts = options.InsecureRegistries, TimeProvider = time });

    public void Dispose()
    {
        Push.Dispose();
        Pull.Dispose();
    }
}
