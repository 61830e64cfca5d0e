namespace HostWatch;

/// <summary>The pair that the platform puts into the container when the pak asks for https.</summary>
internal sealed record TlsPair(string Certificate, string Key)
{
    public static TlsPair? Find()
    {
        var pair = new TlsPair("/etc/ssl/certs/dockerized.crt", "/etc/ssl/certs/dockerized.key");
        return File.Exists(pair.Certificate) && File.Exists(pair.Key) ? pair : null;
    }
}
