using Berth.Oci;

namespace Berth.Packaging.Install;

/// <summary>What to install, and how.</summary>
/// <param name="Pak">Path of the pak.</param>
public sealed record InstallOptions(string Pak)
{
    /// <summary>What the platform waits between two collections unless an administrator sets something else.</summary>
    public static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(5);

    /// <summary>A JSON file with the connection; null: one without identifiers and credentials.</summary>
    public string? ConnectionFile { get; init; }

    /// <summary>Which of the file's connections; null: the first.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>Leave the container that collects running.</summary>
    public bool Keep { get; init; }

    /// <summary>Where a pak that names no registry is pulled from; null: such a pak is refused.</summary>
    public RegistryHost? DefaultRegistry { get; init; }

    /// <summary>How often to collect; 0: until stopped.</summary>
    public int Collections { get; init; } = 1;

    /// <summary>From the start of one collection to the start of the next.</summary>
    public TimeSpan Interval { get; init; } = UsualInterval;

    /// <summary>A directory that becomes the adapter's <c>/var/log</c>; null: one that is removed afterwards.</summary>
    public string? LogDirectory { get; init; }
}
