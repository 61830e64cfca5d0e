namespace Berth.Packaging.Conf;

/// <summary>How the Cloud Proxy talks to the adapter's container.</summary>
public enum ApiProtocol
{
    Https,
    Http,
}

public static class ApiProtocols
{
    public static string Name(this ApiProtocol protocol) => protocol is ApiProtocol.Http ? "http" : "https";

    /// <summary>The port inside the container that goes with the protocol.</summary>
    public static int Port(this ApiProtocol protocol) => protocol is ApiProtocol.Http ? 8080 : 443;

    public static bool TryParse(ReadOnlySpan<char> name, out ApiProtocol protocol)
    {
        protocol = name is "http" ? ApiProtocol.Http : ApiProtocol.Https;
        return name is "http" or "https";
    }
}
