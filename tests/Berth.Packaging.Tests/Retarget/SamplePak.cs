using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Berth.Packaging.Tests.Retarget;

/// <summary>A pak as the original tool makes them on Windows, odd in every way that is allowed.</summary>
internal static class SamplePak
{
    public const string Digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123";

    public const string Conf =
        "KINDKEY=MyAdapter\r\nAPI_VERSION=1.0.0\r\nAPI_PROTOCOL = http\r\nUNKNOWN=kept\r\nAPI_PORT=8080\r\nREGISTRY=h.example:5000\r\n"
        + "REPOSITORY=/proj/a\r\nDIGEST=" + Digest + "\r\n# a line of nothing\r\n";

    public static byte[] Create(string digest = Digest) => Zip(
        ("manifest.txt", Bytes("{}"), 0x81A40000u, CompressionLevel.Optimal),
        ("content/", [], 0x41ED0010u, CompressionLevel.NoCompression),
        ("content/dashboards/Übersicht.json", Bytes(new string('x', 5000)), 0x81A40000u, CompressionLevel.SmallestSize),
        ("adapter.zip", Adapter(digest), 0x81ED0000u, CompressionLevel.NoCompression),
        ("post.sh", Bytes("#!/bin/sh\n"), 0x81ED0000u, CompressionLevel.Fastest));

    /// <summary>Of each entry, in order: its name, its time, attributes, sizes, checksum and compressed bytes.</summary>
    public static IReadOnlyList<string> Entries(byte[] zip, string except)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        return [.. archive.Entries.Select(entry => entry.FullName == except ? except : Describe(zip, entry))];
    }

    /// <summary>What of an entry is not its content: time and attributes.</summary>
    public static (DateTimeOffset Time, int Attributes) Outside(byte[] zip, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        var entry = archive.GetEntry(name)!;
        return (entry.LastWriteTime, entry.ExternalAttributes);
    }

    public static byte[] Read(byte[] zip, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        using var content = archive.GetEntry(name)!.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Describe(byte[] zip, ZipArchiveEntry entry)
    {
        var central = CentralRecord(zip, entry.FullName);
        // Version made by and needed, flags, method, time, checksum, sizes; then disk, internal and external attributes: all but the offset.
        var fields = Convert.ToHexString(zip.AsSpan(central + 4, 24)) + Convert.ToHexString(zip.AsSpan(central + 34, 8));
        return string.Create(CultureInfo.InvariantCulture, $"{entry.FullName} {fields} {Convert.ToBase64String(Read(zip, entry.FullName))[..Math.Min(40, (int)entry.Length)]}");
    }

    private static int CentralRecord(byte[] zip, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        for (var at = zip.AsSpan().IndexOf("PK\u0001\u0002"u8); ; at += 4 + zip.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8))
        {
            if (zip.AsSpan(at + 46).StartsWith(bytes) && BitConverter.ToUInt16(zip, at + 28) == bytes.Length)
                return at;
        }
    }

    private static byte[] Adapter(string digest) => Zip(
        ("MyAdapter.conf", Bytes(Conf.Replace(Digest, digest, StringComparison.Ordinal)), 0x81A40000u, CompressionLevel.Optimal),
        ("resources/", [], 0x41ED0010u, CompressionLevel.NoCompression),
        ("MyAdapter/conf/describe.xml", Bytes("<AdapterKind/>"), 0x81A40000u, CompressionLevel.Optimal));

    private static byte[] Zip(params (string Name, byte[] Content, uint Attributes, CompressionLevel Level)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var time = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
            foreach (var (name, content, attributes, level) in entries)
            {
                var entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = time = time.AddDays(1);
                entry.ExternalAttributes = unchecked((int)attributes);
                if (content.Length == 0)
                    continue;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
