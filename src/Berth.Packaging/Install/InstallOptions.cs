using Berth.Oci;

namespace Berth.Packaging.Install;

/// <summary>What to install, and how.</summary>
/// <param name="Pak">Path of the pak.</param>
public sealed record InstallOptions(string Pak)
{
    /// <summary>A JSON file with the connection; null: one without identifiers and credentials.</summary>
    public string? ConnectionFile { get; init; }

    /// <summary>Which of the file's connections; null: the first.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>Leave the container running.</summary>
    public bool Keep { get; init; }

    /// <summary>Where a pak that names no registry is pulled from; null: such a pak is refused.</summary>
    public RegistryHost? DefaultRegistry { get; init; }
}
