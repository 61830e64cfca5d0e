using System.Formats.Tar;
using System.Security.Cryptography;

namespace Berth.Packaging.Tests.Images;

/// <summary>A layer: a tar with one file.</summary>
internal static class TestLayer
{
    public static byte[] Random(int length) => Of(RandomNumberGenerator.GetBytes(length));

    public static byte[] Of(byte[] content)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "file") { DataStream = new MemoryStream(content) });
        return tar.ToArray();
    }
}
