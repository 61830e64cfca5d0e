using System.Globalization;
using System.Text.Json;
using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Inspect;

namespace Berth.MpInstall;

/// <summary>What is in a pak, for people.</summary>
internal static class InspectLines
{
    private static readonly string[] ManifestKeys = ["name", "version", "vcops_minimum_version", "run_scripts_on_all_nodes", "pak_icon", "eula_file"];

    public static void Write(string pak, PakInspection found, TextWriter writer)
    {
        var conf = found.Conf;
        Field(writer, "pak", $"{pak}, {Number(found.Bytes)} bytes, {found.Digest}");
        Field(writer, "image", conf.PullReference?.ToString() ?? $"/{conf.Repository}@{conf.Digest}, from the default registry of the platform");
        Field(writer, "adapter", $"{conf.AdapterKind}, API {conf.ApiVersion} at {conf.Protocol.Name()} {conf.Port.ToString(CultureInfo.InvariantCulture)}");
        writer.WriteLine();
        writer.WriteLine("manifest.txt");
        foreach (var key in ManifestKeys)
        {
            if (found.Manifest is { ValueKind: JsonValueKind.Object } manifest && manifest.TryGetProperty(key, out var value))
                writer.WriteLine($"  {key,-24}  {Quote.Short(value.ToString())}");
        }

        writer.WriteLine();
        Write(found.Described, writer);
        writer.WriteLine();
        writer.WriteLine("files");
        foreach (var member in found.Members.Where(member => !member.IsDirectory))
            writer.WriteLine($"  {Number(member.Bytes),12}  {Quote.Short(member.Name)}");
    }

    private static void Write(PakDescribe? described, TextWriter writer)
    {
        if (described is null)
        {
            writer.WriteLine("describe.xml: none");
            return;
        }

        writer.WriteLine($"describe.xml: {described.Kinds.Count} kinds of objects, a connection is a '{Quote.Short(described.InstanceKind ?? "?")}'");
        foreach (var kind in described.Kinds)
            writer.WriteLine($"  {Quote.Short(kind.Key),-32}  {kind.Metrics} metrics, {kind.Properties} properties, {kind.Identifiers} identifiers");
    }

    private static void Field(TextWriter writer, string name, string value) => writer.WriteLine($"{name,-9}  {value}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
