using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Berth.Oci.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Berth.Oci.Tests.Client;

internal sealed record SeenRequest(string Method, string Path, string Query, string? Authorization, string? Accept);

/// <summary>A real HTTP server that plays a registry, a token service or a store for blobs, well or badly, and keeps what it was asked.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    /// <summary>Options under which every name is this machine, as a DNS server of one's own would have it.</summary>
    public static RegistryClientOptions Dns { get; } = new()
    {
        Connect = async (endpoint, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public RegistryHost Host { get; private set; }

    public string Url { get; private set; } = "";

    /// <param name="name">The name in its address; it listens on 127.0.0.1 whatever that is.</param>
    public static async Task<FakeServer> StartAsync(RequestDelegate handler, X509Certificate2? certificate = null, string name = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, certificate)));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var server = new FakeServer(app);
        app.Run(context =>
        {
            server.Seen.Enqueue(new SeenRequest(
                context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "",
                context.Request.Headers.Authorization, context.Request.Headers.Accept));
            return handler(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var port = new Uri(address).Port;
        server.Host = RegistryHost.Parse($"{name}:{port}");
        server.Url = $"{(certificate is null ? "http" : "https")}://{name}:{port}";
        return server;
    }

    public RegistryClient Client(ICredentialSource? credentials = null, RegistryClientOptions? options = null) =>
        new(Host, credentials ?? AnonymousCredentialSource.Instance, options);

    public RegistryClient ClientWith(Credential credential, RegistryClientOptions? options = null) =>
        Client(new FixedCredentialSource(Host, credential), options);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static void Configure(ListenOptions listen, X509Certificate2? certificate)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (certificate is not null)
            listen.UseHttps(certificate);
    }
}
