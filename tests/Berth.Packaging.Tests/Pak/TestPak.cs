using System.IO.Compression;
using System.Text;

namespace Berth.Packaging.Tests.Pak;

/// <summary>Zips made by hand, for what no writer of ours would make.</summary>
internal static class TestPak
{
    public const string Conf =
        """
        KINDKEY=MyAdapter
        API_VERSION=1.0.0
        API_PROTOCOL=http
        API_PORT=8080
        REGISTRY=h.example:5000
        REPOSITORY=/proj/a
        DIGEST=sha256:0123456789012345678901234567890123456789012345678901234567890123

        """;

    public static byte[] Zip(params IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Zip(params IEnumerable<(string Name, string Content)> entries) =>
        Zip(entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Content))));

    /// <summary>The end of the archive is as it was and names a directory whose first entry is none.</summary>
    public static byte[] WithBrokenDirectory(byte[] zip)
    {
        zip[zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8)] = 0;
        return zip;
    }

    public static byte[] WithAdapter(byte[] adapter) => Zip(("adapter.zip", adapter));
}
