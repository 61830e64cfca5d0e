using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Install;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Inspect;

/// <summary>All that a pak says, read without an engine and without a network.</summary>
/// <param name="Digest">Of the file itself; a registry has it under the same.</param>
/// <param name="Manifest">Its manifest.txt; null when it has none.</param>
/// <param name="Described">What its describe.xml declares; null when it has none.</param>
/// <param name="Members">Everything in it, in its order; what is in adapter.zip after that.</param>
public sealed record PakInspection(
    Digest Digest, long Bytes, ConfFile Conf, JsonElement? Manifest, PakDescribe? Described, IReadOnlyList<PakMember> Members)
{
    private const string ManifestName = "manifest.txt";
    private const int MaxManifestBytes = 256 * 1024;

    /// <exception cref="PakException">The file is no usable pak.</exception>
    public static async Task<PakInspection> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var facts = await PakFacts.ReadAsync(path, cancellationToken);
        await using var file = PakReader.OpenFile(path);
        var digest = Digest.FromHash(DigestAlgorithm.Sha256, await SHA256.HashDataAsync(file, cancellationToken));
        file.Position = 0;
        using var adapter = await PakReader.ReadAdapterAsync(file, path, cancellationToken);
        file.Position = 0;
        await using var pak = await PakReader.OpenArchiveAsync(file, path, cancellationToken);
        await using var inner = await PakReader.OpenArchiveAsync(adapter, $"{path}: {PakReader.AdapterArchive} in it", cancellationToken);
        return new PakInspection(
            digest,
            file.Length,
            facts.Conf,
            await ReadManifestAsync(pak, path, cancellationToken),
            facts.Described is { } described ? PakDescribe.Of(described) : null,
            [.. In(pak, ""), .. In(inner, $"{PakReader.AdapterArchive}!")]);
    }

    private static IEnumerable<PakMember> In(ZipArchive archive, string where) =>
        archive.Entries.Select(entry => new PakMember($"{where}{entry.FullName}", entry.Length, entry.FullName.EndsWith('/')));

    private static async Task<JsonElement?> ReadManifestAsync(ZipArchive pak, string path, CancellationToken cancellationToken)
    {
        if (pak.GetEntry(ManifestName) is not { } entry)
            return null;
        using var bytes = await PakReader.ReadEntryAsync(entry, MaxManifestBytes, $"{path}: {ManifestName} in it", cancellationToken);
        // That it is JSON was seen when the facts were read.
        using var json = await JsonDocument.ParseAsync(bytes, cancellationToken: cancellationToken);
        return json.RootElement.Clone();
    }
}
