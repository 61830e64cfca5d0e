using System.Text;
using Berth.Oci.Signing;

namespace Berth.Oci.Bundles;

/// <summary>
/// The signature over the bytes of the contents: ECDSA P-256 with SHA-256, DER, in Base64, as <c>cosign verify-blob</c> and
/// <c>openssl dgst -verify</c> take it.
/// </summary>
internal static class BundleSignature
{
    /// <summary>Longer than every signature; what is left is blank, so that a signature does not move what comes after it.</summary>
    public const int Size = 128;

    private const byte Blank = (byte)'\n';

    public static byte[] Of(ReadOnlySpan<byte> contents, PrivateKey? key)
    {
        var file = new byte[Size];
        Array.Fill(file, Blank);
        if (key is not null)
            Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Sign(contents)), file);
        return file;
    }

    /// <summary>Null when there is none.</summary>
    /// <exception cref="BundleException">It is not one.</exception>
    public static byte[]? Read(ReadOnlySpan<byte> file)
    {
        var text = Encoding.ASCII.GetString(file).Trim();
        if (text.Length == 0)
            return null;
        var signature = new byte[Size];
        return Convert.TryFromBase64String(text, signature, out var length)
            ? signature[..length]
            : throw new BundleException("its signature is damaged: copy the bundle again");
    }
}
