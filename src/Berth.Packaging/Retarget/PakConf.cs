using System.IO.Compression;
using Berth.Packaging.Conf;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Retarget;

/// <summary>A pak with the .conf in its adapter.zip, as bytes.</summary>
internal sealed class PakConf
{
    private readonly string _path;
    private readonly byte[] _pak;
    private readonly byte[] _adapter;
    private readonly byte[] _conf;
    private readonly string _confName;

    private PakConf(string path, byte[] pak, byte[] adapter, (string Name, byte[] Bytes) conf, ConfFile parsed)
    {
        (_path, _pak, _adapter) = (path, pak, adapter);
        (_confName, _conf) = conf;
        Conf = parsed;
    }

    public ConfFile Conf { get; }

    /// <exception cref="PakException">The file cannot be read, is no pak, or its .conf is not valid.</exception>
    public static async Task<PakConf> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var parsed = await PakReader.ReadConfAsync(path, cancellationToken);
        await using var file = PakReader.OpenFile(path);
        var pak = new byte[file.Length];
        await file.ReadExactlyAsync(pak, cancellationToken);
        using var adapter = await PakReader.ReadAdapterAsync(file, path, cancellationToken);
        var what = $"{path}: {PakReader.AdapterArchive} in it";
        await using var archive = await PakReader.OpenArchiveAsync(adapter, what, cancellationToken);
        var entry = archive.Entries.Single(IsConf);
        using var conf = await PakReader.ReadEntryAsync(entry, PakReader.MaxConfBytes, what, cancellationToken);
        return new PakConf(path, pak, adapter.ToArray(), (entry.FullName, conf.ToArray()), parsed);
    }

    /// <summary>The pak's bytes with another registry and repository.</summary>
    public byte[] Retargeted(ConfFile conf)
    {
        var changed = ConfLines.Retarget(_conf, conf.Registry, conf.Repository);
        if (!ConfFile.TryParse(changed, out var reread, out _) || reread != conf)
            throw new PakException($"{_path}: {_confName} cannot be changed without losing something in it; build the pak again");
        var adapter = ZipEdit.Replace(_adapter, _confName, changed, $"{_path}: {PakReader.AdapterArchive} in it");
        return ZipEdit.Replace(_pak, PakReader.AdapterArchive, adapter, _path);
    }

    private static bool IsConf(ZipArchiveEntry entry) =>
        !entry.FullName.Contains('/') && entry.Name.EndsWith(".conf", StringComparison.Ordinal);
}
