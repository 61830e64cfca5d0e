using Berth.Oci;

namespace Berth.Packaging.Retarget;

/// <summary>What a pak is to pull from instead.</summary>
/// <param name="Pak">Path of the pak.</param>
/// <param name="Registry">Null: the registry that the appliance has as its default.</param>
public sealed record RetargetOptions(string Pak, RegistryHost? Registry)
{
    /// <summary>Null: as the pak has it.</summary>
    public RepositoryName? Repository { get; init; }

    /// <summary>Null: beside the pak, under a name with the registry in it.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Whether a file that is there may be replaced, also the pak itself.</summary>
    public bool Force { get; init; }

    /// <summary>A pak is made although it is not proven that it will work.</summary>
    public bool Unverified { get; init; }

    public IReadOnlyCollection<RegistryHost> InsecureHosts { get; init; } = [];
}
