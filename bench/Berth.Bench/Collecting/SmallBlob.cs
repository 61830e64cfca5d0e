using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Berth.Bench.Collecting;

/// <summary>Content of a few hundred bytes that is known by its number.</summary>
internal readonly record struct SmallBlob(string Digest, byte[] Bytes)
{
    public static SmallBlob Make(long number)
    {
        var seed = SHA256.HashData(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        var bytes = new byte[200 + (int)(number % 400)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = seed[i % seed.Length];
        return new SmallBlob(Sha256(bytes), bytes);
    }

    public static string Sha256(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    public string Descriptor(string type) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"mediaType":"{{type}}","digest":"{{Digest}}","size":{{Bytes.Length}}}""");
}
