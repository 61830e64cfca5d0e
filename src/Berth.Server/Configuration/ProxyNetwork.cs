using System.Net;

namespace Berth.Server.Configuration;

/// <summary>An address or a network of addresses, as <c>10.0.0.7</c>, <c>10.0.0.0/8</c> or <c>fd00::/8</c>.</summary>
internal static class ProxyNetwork
{
    /// <exception cref="ConfigurationException">It is neither.</exception>
    public static IPNetwork Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new ConfigurationException($"'{text}' is no proxy's address: write an IP address, or a network as 10.0.0.0/8");
    }
}
