namespace Berth.Oci.Client;

/// <summary>Under which names docker and podman keep the login of a registry.</summary>
internal static class RegistryKeys
{
    private const string DockerHub = "https://index.docker.io/v1/";

    /// <summary>What <c>docker login</c> writes and asks credential programs for.</summary>
    public static string Written(RegistryHost registry) => registry.IsDockerHub ? DockerHub : registry.ToString();

    /// <summary>The entry for a registry: under the name that is written today, else under any that has its host in front.</summary>
    public static T? Find<T>(IReadOnlyDictionary<string, T?>? entries, RegistryHost registry)
        where T : class
    {
        if (entries is null)
            return null;
        if (entries.TryGetValue(Written(registry), out var written) && written is not null)
            return written;
        return entries.FirstOrDefault(entry => entry.Value is not null && IsFor(entry.Key, registry)).Value;
    }

    private static bool IsFor(string key, RegistryHost registry)
    {
        var host = key.AsSpan();
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            if (host.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                host = host[scheme.Length..];
        }

        if (host.IndexOf('/') is var slash and >= 0)
            host = host[..slash];
        return registry.IsDockerHub
            ? host is "docker.io" or "index.docker.io" or "registry-1.docker.io"
            : host.Equals(registry.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
