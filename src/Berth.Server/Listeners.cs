using System.Net;
using System.Net.Sockets;
using Berth.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Berth.Server;

/// <summary>Sets the HTTP server up for the addresses it is to listen on.</summary>
internal static class Listeners
{
    /// <summary>In bytes. Room for a token request that names a hundred repositories.</summary>
    private const int MaxRequestLine = 32 * 1024;

    /// <summary>
    /// In bytes, for each connection. What a client sends faster than the disk takes it waits on the client's side: the framework's megabyte
    /// for each of many pushers is what would fill the memory.
    /// </summary>
    public const int MaxRequestBuffer = 128 * 1024;

    public static void Configure(KestrelServerOptions kestrel, ServerOptions options, TlsCertificate? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        kestrel.Limits.MaxRequestBufferSize = MaxRequestBuffer;
        foreach (var url in options.Listen)
        {
            Action<ListenOptions> use = listener =>
            {
                if (url.IsTls)
                    listener.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => certificate!.ForHandshake() });
            };
            if (url.Address is null)
                kestrel.ListenAnyIP(url.Port, use);
            else
                kestrel.Listen(url.Address, url.Port, use);
        }
    }

    /// <summary>
    /// Makes sure that the addresses can be listened on, before anything is made in the data directory: a start that fails leaves nothing behind.
    /// </summary>
    /// <exception cref="StartFailedException">One cannot.</exception>
    public static void RequireFree(IEnumerable<ListenUrl> addresses)
    {
        foreach (var url in addresses.Where(url => url.Port != 0))
        {
            var address = url.Address ?? IPAddress.Any;
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, url.Port));
            }
            catch (SocketException e)
            {
                throw CannotListen(url.ToString(), e);
            }
        }
    }

    /// <summary>What to say when an address cannot be listened on.</summary>
    public static StartFailedException CannotListen(string address, SocketException cause) => new(
        cause.SocketErrorCode is SocketError.AddressAlreadyInUse
            ? $"{address} is in use: stop what listens there, or listen elsewhere with --listen http://127.0.0.1:PORT."
            : $"{address} cannot be listened on ({cause.Message}): choose another address with --listen.",
        cause);
}
