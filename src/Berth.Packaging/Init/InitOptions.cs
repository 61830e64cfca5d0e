namespace Berth.Packaging.Init;

/// <summary>What a new project was asked for; texts are as given and not yet checked. Null: not said.</summary>
public sealed record InitOptions
{
    /// <summary>Where the project is to be; it is not there yet, or empty.</summary>
    public required string Directory { get; init; }

    /// <summary>The name that the platform shows.</summary>
    public string? Name { get; init; }

    /// <summary>The adapter's key.</summary>
    public string? Key { get; init; }

    public string? Description { get; init; }

    public string? Vendor { get; init; }

    /// <summary>A file with the licence text; null: one that says that there is none.</summary>
    public string? Eula { get; init; }

    /// <summary>A PNG of 256 by 256; null: that of the template.</summary>
    public string? Icon { get; init; }

    /// <summary>Where the appliance will pull from.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether to make a git repository with one commit of it.</summary>
    public bool Git { get; init; }
}
