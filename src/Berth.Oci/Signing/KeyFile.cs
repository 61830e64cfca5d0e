namespace Berth.Oci.Signing;

/// <summary>Reads what might be a key: not more of it than any key has.</summary>
internal static class KeyFile
{
    public const string CurveP256 = "1.2.840.10045.3.1.7";
    public const string MakeOne = "make a key with 'openssl ecparam -name prime256v1 -genkey -noout -out sign.pem', and its public half for cosign with "
        + "'openssl ec -in sign.pem -pubout -out sign.pub'";

    private const long LongestFile = 64 * 1024;

    /// <exception cref="KeyException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= LongestFile })
                return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyException(path, $"cannot be read: {e.Message}");
        }

        throw new KeyException(path, $"is no file with a key: {MakeOne}");
    }
}
