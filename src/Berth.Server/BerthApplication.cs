using System.Net.Sockets;
using Berth.Server.Configuration;
using Berth.Server.Storage;
using Berth.Server.Workers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Berth.Server;

/// <summary>A registry with its stores open, from before the first request until after the last one.</summary>
internal sealed class BerthApplication : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly RegistryServices _services;
    private readonly IReadOnlyList<ListenUrl> _listen;
    private readonly TlsCertificate? _certificate;

    private BerthApplication(WebApplication web, RegistryServices services, IReadOnlyList<ListenUrl> listen, TlsCertificate? certificate)
    {
        _listen = listen;
        _web = web;
        _services = services;
        _certificate = certificate;
    }

    /// <summary>The addresses listened on, with their real ports. Known once started.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    /// <summary>The first administrator's password, when one was made now.</summary>
    public string? GeneratedPassword => _services.GeneratedPassword;

    /// <summary>Opens the stores and puts the server together; nothing listens yet.</summary>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    /// <exception cref="StartFailedException">An address cannot be listened on.</exception>
    /// <exception cref="StorageUnusableException">The data directory cannot be used.</exception>
    public static async Task<BerthApplication> OpenAsync(
        ServerOptions options, string? adminPassword, TimeProvider time, Action<ILoggingBuilder> configureLogging, CancellationToken cancellationToken)
    {
        var certificate = options.Tls is null ? null : new TlsCertificate(options.Tls, time);
        Listeners.RequireFree(options.Listen);
        var services = await RegistryServices.OpenAsync(options, adminPassword, time, cancellationToken);
        try
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "berth" });
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseSockets(sockets => sockets.MaxReadBufferSize = Listeners.MaxRequestBuffer);
            builder.WebHost.ConfigureKestrel(kestrel => Listeners.Configure(kestrel, options, certificate));
            builder.Services.AddRoutingCore();
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
            builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
            ServerWorkers.Add(builder.Services, services, options, time);
            configureLogging(builder.Logging);
            var web = builder.Build();
            certificate?.Log = web.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Berth");
            services.Map(web, options, time);
            return new BerthApplication(web, services, options.Listen, certificate);
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="StartFailedException">An address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            // Taken since it was looked at.
            throw Listeners.CannotListen(string.Join(' ', _listen), new SocketException((int)SocketError.AddressAlreadyInUse));
        }
        catch (SocketException e)
        {
            throw Listeners.CannotListen(string.Join(' ', _listen), e);
        }
    }

    /// <summary>Returns after the process was told to stop and the requests under way have ended, or the time for that has.</summary>
    public Task WaitForStopAsync(CancellationToken cancellationToken) => _web.WaitForShutdownAsync(cancellationToken);

    /// <summary>Takes no new connection and waits for the requests under way.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _web.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _services.Dispose();
        _certificate?.Dispose();
    }
}
