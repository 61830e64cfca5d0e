namespace Berth.Packaging.Project;

/// <summary>What a build needs of <c>manifest.txt</c>, checked. The file itself goes into the pak byte for byte.</summary>
/// <param name="Name">Unique id of the pak.</param>
/// <param name="EulaFile">File name at the project's root, as are the others; null when there is none.</param>
internal sealed record PackManifest(
    string Name,
    PackVersion Version,
    string AdapterKind,
    string? EulaFile,
    string? Icon,
    string? ValidationScript,
    string? PreScript,
    string? PostScript)
{
    public const string FileName = "manifest.txt";

    /// <summary>Put before names by the original tool, and left out of the pak's file name.</summary>
    public const string ToolPrefix = "iSDK_";

    /// <summary>Ends the name of every pak.</summary>
    public const string PakExtension = ".pak";

    public string PakFileName => $"{ShortName}_{Version}{PakExtension}";

    /// <summary>The name as it stands in the names of paks.</summary>
    public string ShortName => Name.StartsWith(ToolPrefix, StringComparison.Ordinal) ? Name[ToolPrefix.Length..] : Name;
}
