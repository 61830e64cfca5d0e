using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>What the SDK has stored for the person, over all projects. It is read and never written.</summary>
/// <param name="ContainerPort">Port of this machine for the adapter's container.</param>
/// <param name="RepositoryPrefix">Goes before the adapter's key where a repository is suggested.</param>
/// <param name="Projects">Directories that are projects still.</param>
internal sealed record UserSettings(int? ContainerPort, string? RepositoryPrefix, IReadOnlyList<string> Projects)
{
    private const string File = ".vmware-aria-operations-integration-sdk/config.json";

    public static UserSettings None { get; } = new(null, null, []);

    /// <param name="note">Told when the file cannot be used: it belongs to another program, whose matter that is.</param>
    public static UserSettings Read(string? home, Action<string> note)
    {
        var path = Path.Combine(home ?? "", File);
        if (string.IsNullOrEmpty(home) || !System.IO.File.Exists(path))
            return None;
        var findings = new Findings();
        var settings = LocatedJson.Read(home, File, findings) is { } json ? Of(new SettingsReader(json, findings, nullIsAbsent: true)) : None;
        foreach (var problem in findings.ToReport().Problems)
            note($"{Path.Combine(home, problem)}; it is passed over");
        return settings;
    }

    private static UserSettings Of(SettingsReader settings)
    {
        var port = settings.Integer("container_port", smallest: 0);
        var prefix = settings.Text("default_container_registry_path");
        var projects = settings.Texts("projects") ?? [];
        return new UserSettings(
            port <= ushort.MaxValue ? port : null,
            string.IsNullOrWhiteSpace(prefix) ? null : prefix.Trim(),
            [.. projects.Where(directory => System.IO.File.Exists(Path.Combine(directory, PackManifest.FileName)))]);
    }
}
