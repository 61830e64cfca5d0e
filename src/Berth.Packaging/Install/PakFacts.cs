using System.IO.Compression;
using System.Text.Json;
using System.Xml;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Install;

/// <summary>What an installation wants to know of a pak.</summary>
/// <param name="Name">From the pak's manifest.txt; null when that does not say. Nothing but messages depends on it.</param>
/// <param name="InstanceKind">The kind of object that a connection of the adapter is.</param>
/// <param name="Described">Null: the pak does not say what its adapter collects.</param>
internal sealed record PakFacts(ConfFile Conf, string? Name, string? Version, string InstanceKind, DescribedKinds? Described = null)
{
    private const string ManifestName = "manifest.txt";
    private const int MaxManifestBytes = 256 * 1024;
    private const int MaxDescribeBytes = 16 * 1024 * 1024;

    /// <exception cref="PakException">The file is no usable pak.</exception>
    public static async Task<PakFacts> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var conf = await PakReader.ReadConfAsync(path, cancellationToken);
        await using var file = PakReader.OpenFile(path);
        using var adapter = await PakReader.ReadAdapterAsync(file, path, cancellationToken);
        await using var archive = await PakReader.OpenArchiveAsync(adapter, $"{path}: {PakReader.AdapterArchive} in it", cancellationToken);
        var described = await ReadDescribeAsync(archive, conf.AdapterKind, path, cancellationToken);
        var (name, version) = await ReadManifestAsync(file, path, cancellationToken);
        return new PakFacts(conf, name, version, described?.InstanceKind ?? $"{conf.AdapterKind}_adapter_instance", described);
    }

    private static async Task<(string? Name, string? Version)> ReadManifestAsync(
        FileStream file, string path, CancellationToken cancellationToken)
    {
        file.Position = 0;
        await using var pak = await PakReader.OpenArchiveAsync(file, path, cancellationToken);
        if (pak.GetEntry(ManifestName) is not { } entry)
            return (null, null);
        using var bytes = await PakReader.ReadEntryAsync(entry, MaxManifestBytes, $"{path}: {ManifestName} in it", cancellationToken);
        try
        {
            using var json = await JsonDocument.ParseAsync(bytes, cancellationToken: cancellationToken);
            return (Text(json.RootElement, "name"), Text(json.RootElement, "version"));
        }
        catch (JsonException e)
        {
            throw new PakException($"{path}: {ManifestName} in it is not JSON: {OneLine.Of(e.Message)}", e);
        }
    }

    private static string? Text(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? OneLine.Of(value.GetString(), 100)
            : null;

    /// <summary>Null when there is no describe.xml.</summary>
    private static async Task<DescribedKinds?> ReadDescribeAsync(ZipArchive adapter, string kind, string path, CancellationToken cancellationToken)
    {
        var name = $"{kind}/conf/describe.xml";
        if (adapter.GetEntry(name) is not { } entry)
            return null;
        using var bytes = await PakReader.ReadEntryAsync(entry, MaxDescribeBytes, $"{path}: {name} in it", cancellationToken);
        try
        {
            return DescribedKinds.Read(bytes, kind);
        }
        catch (XmlException e)
        {
            throw new PakException($"{path}: {name} in it is not well-formed XML: {OneLine.Of(e.Message)}", e);
        }
    }
}
