using System.Security.Cryptography;

namespace Berth.Chain.Tests.Registry;

internal static class Sha256
{
    public static string Of(ReadOnlySpan<byte> bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
