using System.Net;

namespace Berth.Oci.Client;

/// <summary>The proxy of the environment, for everything but this machine, which no proxy can reach.</summary>
internal sealed class LoopbackBypassingProxy(IWebProxy environment) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => environment.Credentials;
        set => environment.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : environment.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || environment.IsBypassed(host);
}
