using System.Xml;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Project;

/// <summary>The newest pak in build/ that this one is an update of. The platform takes no description older than what it has.</summary>
/// <param name="File">Relative to the project.</param>
/// <param name="DescribeVersion">Of the describe.xml in it.</param>
internal sealed record EarlierPak(string File, int DescribeVersion)
{
    private const int MaxDescribeBytes = 16 * 1024 * 1024;

    public string? Problem(int version) => version >= DescribeVersion
        ? null
        : $"its version is {version}, but that of the describe.xml in {File} is {DescribeVersion}; raise it to {DescribeVersion} at least,"
        + " or a platform with the earlier pak keeps the old description";

    /// <returns>Null when there is none that can be read.</returns>
    public static EarlierPak? Find(string project, PackManifest manifest, Action<string> note)
    {
        if (Newest(Path.Combine(project, "build"), manifest) is not { } path)
            return null;
        var name = $"build/{Path.GetFileName(path)}";
        try
        {
            // The archive is in the page cache or is not there: nothing to wait for.
            return ReadAsync(path, name, manifest.AdapterKind).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is PakException or XmlException)
        {
            note($"{name} is not compared with: {e.Message}");
            return null;
        }
    }

    private static string? Newest(string build, PackManifest manifest) => !Directory.Exists(build)
        ? null
        : Directory.EnumerateFiles(build, $"{manifest.ShortName}_*{PackManifest.PakExtension}")
            .Select(path => (Path: path, Version: VersionOf(path, manifest)))
            .Where(pak => pak.Version is not null && pak.Version.CompareTo(manifest.Version) <= 0)
            .OrderByDescending(pak => pak.Version)
            .Select(pak => pak.Path)
            .FirstOrDefault();

    private static PackVersion? VersionOf(string path, PackManifest manifest) =>
        PackVersion.TryParse(Path.GetFileNameWithoutExtension(path)[(manifest.ShortName.Length + 1)..]);

    private static async Task<EarlierPak?> ReadAsync(string path, string name, string kind)
    {
        await using var file = PakReader.OpenFile(path);
        using var adapter = await PakReader.ReadAdapterAsync(file, path, CancellationToken.None);
        await using var archive = await PakReader.OpenArchiveAsync(adapter, $"{path}: adapter.zip in it", CancellationToken.None);
        if (archive.GetEntry($"{kind}/conf/describe.xml") is not { } entry)
            return null;
        using var bytes = await PakReader.ReadEntryAsync(entry, MaxDescribeBytes, $"{path}: describe.xml in it", CancellationToken.None);
        using var xml = XmlReader.Create(bytes, ProjectXml.Settings(DtdProcessing.Prohibit));
        return xml.MoveToContent() is XmlNodeType.Element && int.TryParse(xml.GetAttribute("version"), out var version)
            ? new EarlierPak(name, version)
            : null;
    }
}
