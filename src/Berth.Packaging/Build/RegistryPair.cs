using Berth.Oci.Client;
using Berth.Packaging.Doctor;

namespace Berth.Packaging.Build;

/// <summary>The registry that is pushed to, with a login, and the one that the appliance pulls from, without.</summary>
internal sealed class RegistryPair : IDisposable
{
    private RegistryPair(Repositories repositories, ICredentialSource credentials, RegistryClientOptions options)
    {
        Repositories = repositories;
        CheckOptions = new RegistryCheckOptions(repositories.Push, repositories.Pull)
        {
            Credentials = credentials,
            InsecureHosts = options.InsecureHosts,
            TimeProvider = options.TimeProvider,
        };
        Push = new RegistryClient(repositories.Push.Registry, credentials, options);
        Pull = new RegistryClient(repositories.Pull.Registry, AnonymousCredentialSource.Instance, options);
    }

    public Repositories Repositories { get; }

    /// <summary>For looking at both of them before they are used.</summary>
    public RegistryCheckOptions CheckOptions { get; }

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
