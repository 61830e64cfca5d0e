namespace Berth.Oci;

/// <summary>The registered digest algorithms (OCI image specification 1.1, descriptor.md, "Registered algorithms").</summary>
public enum DigestAlgorithm
{
    Sha256,
    Sha512,
}

public static class DigestAlgorithms
{
    public static string Name(this DigestAlgorithm algorithm) => algorithm is DigestAlgorithm.Sha512 ? "sha512" : "sha256";

    public static int HexLength(this DigestAlgorithm algorithm) => algorithm is DigestAlgorithm.Sha512 ? 128 : 64;

    public static bool TryParse(ReadOnlySpan<char> name, out DigestAlgorithm algorithm)
    {
        algorithm = name is "sha512" ? DigestAlgorithm.Sha512 : DigestAlgorithm.Sha256;
        return name is "sha256" or "sha512";
    }
}
