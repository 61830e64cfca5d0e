namespace Berth.Packaging.Project;

/// <summary>The project's <c>config.json</c>. It is read and never written: what this program does not know stays as it is.</summary>
/// <param name="ContainerRepository">Where the appliance pulls from, as written; null when not set.</param>
/// <param name="PushRepository">Where the build pushes to, as written; null when not set.</param>
/// <param name="MemoryLimit">Memory of the container that the build starts, in MB.</param>
internal sealed record PackConfig(string? ContainerRepository, string? PushRepository, bool UseDefaultRegistry, int MemoryLimit)
{
    public const string FileName = "config.json";

    private const int DefaultMemoryLimit = 1024;

    /// <summary>The engine refuses to start a container with less, in MB.</summary>
    private const int SmallestMemoryLimit = 6;

    public static PackConfig Default { get; } = new(null, null, UseDefaultRegistry: false, DefaultMemoryLimit);

    /// <returns>The default when there is no file, or one that is not valid: then that is among the findings.</returns>
    public static PackConfig Read(string directory, Findings findings)
    {
        if (!File.Exists(Path.Combine(directory, FileName)) || LocatedJson.Read(directory, FileName, findings) is not { } json)
            return Default;
        var settings = new SettingsReader(json, findings, nullIsAbsent: true);
        return new PackConfig(
            NotEmpty(settings.Text("container_repository")),
            NotEmpty(settings.Text("container_push_repository")),
            settings.Boolean("use_default_registry") ?? false,
            settings.Integer("default_memory_limit", SmallestMemoryLimit) ?? DefaultMemoryLimit);
    }

    /// <returns>Null when the file is there and not valid.</returns>
    public static PackConfig? TryRead(string directory)
    {
        var findings = new Findings();
        var config = Read(directory, findings);
        return findings.HasProblems ? null : config;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
