using System.Text;
using Berth.Packaging.Conf;
using Berth.Packaging.Project;

namespace Berth.Packaging.Pak;

/// <summary>The trees of adapter.zip and of the pak. The project is read for both at once, so that its errors come before a build.</summary>
/// <remarks>Order at the top of each archive is that of the original tool; below it is ordinal.</remarks>
internal sealed class PakContent
{
    private readonly PackProject _project;
    private readonly PakTree _resources;
    private readonly PakTree _kind;
    private readonly PakTree _content;

    /// <param name="note">Told of what is left out.</param>
    /// <exception cref="PackException">Something in the project cannot go into an archive.</exception>
    public PakContent(PackProject project, Action<string> note)
    {
        _project = project;
        _resources = new PakTree("resources").Add("", project.ResourcesDirectory, note);
        _kind = new PakTree(project.Manifest.AdapterKind)
            .Add("conf", project.ConfDirectory, note)
            .Put("conf/version.txt", VersionFile(project));
        _content = new PakTree("content").Add("", project.ContentDirectory, note);
        foreach (var directory in ProjectLayout.ItemDirectories)
            _content.GiveItemsDirectories(directory);
    }

    /// <summary>Puts what the adapter said of itself in place.</summary>
    public void Put(GeneratedDescribe describe) => _kind
        .Put("conf/describe.xml", describe.Xml)
        .Put("conf/resources/resources.properties", describe.Properties);

    public IEnumerable<PakEntry> AdapterEntries(ConfFile conf) =>
    [
        PakEntry.OfBytes(conf.FileName, conf.ToBytes()),
        .. AtRoot(PackManifest.FileName, _project.Manifest.EulaFile, _project.Manifest.Icon),
        .. _resources.Entries,
        .. _kind.Entries,
    ];

    public IEnumerable<PakEntry> PakEntries(byte[] adapterArchive)
    {
        var manifest = _project.Manifest;
        return
        [
            .. AtRoot(
                PackManifest.FileName, manifest.ValidationScript, manifest.PostScript, manifest.PreScript, manifest.Icon, manifest.EulaFile),
            .. _resources.Entries,
            .. _content.Entries,
            PakEntry.OfBytes(PakReader.AdapterArchive, adapterArchive),
        ];
    }

    private IEnumerable<PakEntry> AtRoot(params IEnumerable<string?> files) =>
        files.OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(file => PakEntry.OfFile(file, Path.Combine(_project.Directory, file)));

    private static byte[] VersionFile(PackProject project)
    {
        var version = project.Manifest.Version;
        return Encoding.ASCII.GetBytes(
            $"Major-Version={version.Major}\nMinor-Version={version.Minor}\nImplementation-Version={version.Implementation}\n");
    }
}
