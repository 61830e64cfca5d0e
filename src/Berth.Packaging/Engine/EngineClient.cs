using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;

namespace Berth.Packaging.Engine;

internal static class EngineClient
{
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For requests that answer once they are done; streams (pull, build) have no limit but the caller's token.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    /// <param name="apiVersion">Null: the engine's own newest version.</param>
    public static DockerClient Create(EngineEndpoint endpoint, Version? apiVersion, TimeSpan timeout)
    {
        try
        {
            return new DockerClientBuilder()
                .WithEndpoint(endpoint.Address)
                .WithApiVersion(apiVersion)
                .WithTimeout(timeout)
                .WithAuthProvider(AnonymousPulls.Instance)
                .Build();
        }
        catch (UriFormatException e)
        {
            throw new EngineException(
                EngineFailure.Address, $"{endpoint} cannot be used as the address of a container engine: {e.Message}", e);
        }
    }

    private sealed class AnonymousPulls : IAuthProvider
    {
        public static readonly AnonymousPulls Instance = new();

        public bool TlsEnabled => false;

        public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler) => new AnonymousPullHandler(handler);
    }
}
