namespace Berth.Packaging.Engine;

/// <summary>Finds the container engine the way the docker command does, and then the sockets of engines that run without root.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="exists">Whether there is a socket of this path.</param>
internal sealed class EngineDiscovery(Func<string, string?> variable, Func<string, bool> exists)
{
    private const string TlsPort = "2376";

    /// <exception cref="EngineException">What is configured is not understood, or is not there.</exception>
    public static EngineEndpoint Find() => new EngineDiscovery(Environment.GetEnvironmentVariable, File.Exists).Choose();

    /// <summary>DOCKER_HOST, docker's context, podman's CONTAINER_HOST, and the first socket that is there, in this order.</summary>
    public EngineEndpoint Choose()
    {
        if (Set(EngineEndpoint.Variable) is { } host)
            return WithTls(EngineEndpoint.Parse(host));
        if (ConfigDirectory is { } directory && DockerContext.Find(directory, Set("DOCKER_CONTEXT")) is { } context)
            return context;
        if (Set("CONTAINER_HOST") is { } podman)
            return EngineEndpoint.Parse(podman, "CONTAINER_HOST");
        return EngineEndpoint.Parse(Sockets().FirstOrDefault(exists) is { } socket ? $"unix://{socket}" : null);
    }

    private string? ConfigDirectory => Set("DOCKER_CONFIG") ?? (Set("HOME") is { } home ? Path.Combine(home, ".docker") : null);

    private IEnumerable<string> Sockets()
    {
        yield return EngineEndpoint.DefaultSocket;
        if (Set("XDG_RUNTIME_DIR") is { } runtime)
            yield return Path.Combine(runtime, "docker.sock");
        if (Set("HOME") is { } home)
        {
            foreach (var socket in new[] { ".docker/run", ".docker/desktop", ".colima/default", ".rd" })
                yield return Path.Combine(home, socket, "docker.sock");
        }

        if (Set("XDG_RUNTIME_DIR") is { } user)
            yield return Path.Combine(user, "podman", "podman.sock");
        yield return "/run/podman/podman.sock";
    }

    /// <summary>As the docker command has it: DOCKER_TLS_VERIFY, or the port that means TLS together with a directory of certificates.</summary>
    private EngineEndpoint WithTls(EngineEndpoint endpoint)
    {
        var verify = Set("DOCKER_TLS_VERIFY") is not null;
        var certificates = Set("DOCKER_CERT_PATH");
        var wanted = verify || (certificates is not null && endpoint.Address.Port.ToString() == TlsPort);
        return endpoint.IsUnixSocket || !wanted ? endpoint : endpoint with { Tls = new EngineTls(certificates ?? ConfigDirectory ?? "/", verify) };
    }

    private string? Set(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
