using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Docker.DotNet.NativeHttp;

namespace Berth.Packaging.Engine;

internal static class EngineClient
{
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For requests that answer once they are done; streams (pull, build) have no limit but the caller's token.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    /// <param name="apiVersion">Null: the engine's own newest version.</param>
    /// <param name="carriesLogins">Credentials that are given with a pull reach the engine.</param>
    public static DockerClient Create(EngineEndpoint endpoint, Version? apiVersion, TimeSpan timeout, bool carriesLogins = false)
    {
        try
        {
            var builder = new DockerClientBuilder()
                .WithEndpoint(endpoint.Address)
                .WithApiVersion(apiVersion)
                .WithTimeout(timeout)
                .WithAuthProvider(new PullLogins(endpoint.Tls is not null, carriesLogins));
            return endpoint.Tls is { } tls ? builder.WithTransportOptions(Native(tls)).Build() : builder.Build();
        }
        catch (UriFormatException e)
        {
            throw new EngineException(
                EngineFailure.Address, $"{endpoint} cannot be used as the address of a container engine: {e.Message}", e);
        }
    }

    /// <summary>The library's other transport has no place for a chain of one's own.</summary>
    private static NativeHttpTransportOptions Native(EngineTls tls)
    {
        var options = tls.ToOptions();
        return new NativeHttpTransportOptions { ConfigureHandler = handler => handler.SslOptions = options };
    }

    private sealed class PullLogins(bool tls, bool carried) : IAuthProvider
    {
        public bool TlsEnabled => tls;

        public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler) => carried ? handler : new AnonymousPullHandler(handler);
    }
}
