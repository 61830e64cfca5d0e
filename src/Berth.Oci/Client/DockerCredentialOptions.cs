namespace Berth.Oci.Client;

/// <summary>Where <see cref="DockerCredentialSource"/> looks.</summary>
public sealed record DockerCredentialOptions
{
    /// <summary>Files in the form of docker's config.json. The first one with a login counts; absent ones are passed over.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Directories with credential helpers, in the form of the PATH variable. Relative ones are passed over.</summary>
    public string SearchPath { get; init; } = "";

    /// <summary>How long a credential helper may take; some ask the person at the terminal.</summary>
    public TimeSpan ProgramTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Docker's file (DOCKER_CONFIG, else ~/.docker) and then podman's (REGISTRY_AUTH_FILE, else XDG_RUNTIME_DIR/containers/auth.json).
    /// </summary>
    public static DockerCredentialOptions FromEnvironment(Func<string, string?> variable)
    {
        string? docker = Set(variable("DOCKER_CONFIG")) ?? (Set(variable("HOME")) is { } home ? Path.Combine(home, ".docker") : null);
        string? runtime = Set(variable("XDG_RUNTIME_DIR"));
        string? podman = Set(variable("REGISTRY_AUTH_FILE")) ?? (runtime is null ? null : Path.Combine(runtime, "containers", "auth.json"));
        return new DockerCredentialOptions
        {
            Files = [.. new[] { docker is null ? null : Path.Combine(docker, "config.json"), podman }.OfType<string>()],
            SearchPath = variable("PATH") ?? "",
        };
    }

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
