using Berth.Server.Configuration;
using Berth.Server.Upkeep;

namespace Berth.Server.Workers;

/// <summary>What goes on beside the requests for as long as the server runs.</summary>
internal static class ServerWorkers
{
    public static void Add(IServiceCollection services, RegistryServices registry, ServerOptions options, TimeProvider time)
    {
        services.AddHostedService(provider => new UploadExpiryWorker(registry.Uploads, options.UploadLifetime, time, Log(provider)));
        services.AddHostedService(provider => new PullsWorker(registry.Pulls, time, Log(provider)));
        services.AddHostedService(provider => new CollectionWorker(
            registry.Collection, registry.Pulls, options.Collection.Interval, registry.Metrics, time, Log(provider)));
        services.AddHostedService(provider => new ScrubWorker(registry.Scrub(options, time, Log(provider)), options.Scrub, time, Log(provider)));
    }

    private static ILogger Log(IServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("Berth");
}
