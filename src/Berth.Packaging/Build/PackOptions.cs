using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Build;

/// <summary>What a build was asked for; texts are as given and not yet checked.</summary>
public sealed record PackOptions
{
    /// <summary>The project's directory; null: the current one.</summary>
    public string? Project { get; init; }

    /// <summary>Where the appliance pulls from; null or empty: as the project's config.json says.</summary>
    public string? Repository { get; init; }

    /// <summary>Where the image is pushed to; null or empty: as config.json says, else where the appliance pulls from.</summary>
    public string? PushRepository { get; init; }

    /// <summary>Leaves the registry out of the .conf, so that the appliance takes its default one.</summary>
    public bool UseDefaultRegistry { get; init; }

    /// <summary>The platform talks to the adapter over plain HTTP.</summary>
    public bool InsecureCommunication { get; init; }

    /// <summary>A port of this machine to reach the container at; null: as the engine allows.</summary>
    public int? HostPort { get; init; }

    /// <summary>A login for the registry that is pushed to; null: what docker or podman stored.</summary>
    public Credential? Login { get; init; }

    /// <summary>Registries that may speak plain HTTP, beside those on this machine.</summary>
    public IReadOnlyCollection<RegistryHost> InsecureRegistries { get; init; } = [];

    /// <summary>SOURCE_DATE_EPOCH as it stands in the environment.</summary>
    public string? SourceDateEpoch { get; init; }

    /// <summary>An image that exists, to be packed instead of one built here: a reference, or <c>oci:DIR</c>; null: build.</summary>
    public string? Image { get; init; }

    /// <summary>The repositories, and whether the default registry is used, are kept in the project's config.json.</summary>
    public bool Save { get; init; }

    /// <summary>The person's home directory, where the SDK keeps settings over all projects; null: there is none.</summary>
    public string? Home { get; init; }

    /// <summary>What the image has to be for.</summary>
    public Platform Platform { get; init; } = Platform.CloudProxy;

    /// <summary>A pak is made although the host that the appliance pulls from cannot be reached from here.</summary>
    public bool Unverified { get; init; }

    /// <summary>The pak is stored in the registry beside its image.</summary>
    public bool Attach { get; init; } = true;

    /// <summary>A PEM file with the key that the image is signed with; null: it is not signed.</summary>
    public string? SigningKey { get; init; }
}
