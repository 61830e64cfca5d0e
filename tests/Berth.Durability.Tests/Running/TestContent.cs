using Berth.Torture.Content;
using Berth.Torture.Model;

namespace Berth.Durability.Tests.Running;

internal static class TestContent
{
    /// <summary>Bytes that are the same for the same number.</summary>
    public static byte[] Bytes(int length, int number = 0)
    {
        var bytes = new byte[length];
        new Random(number).NextBytes(bytes);
        return bytes;
    }

    /// <summary>An index of nothing, which needs nothing.</summary>
    public static KnownManifest Manifest(int number) => ManifestText.Index([], null, $"{number}");
}
