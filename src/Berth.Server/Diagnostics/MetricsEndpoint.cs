using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Berth.Server.Diagnostics;

/// <summary><c>GET /metrics</c>, as Prometheus reads it.</summary>
internal static class MetricsEndpoint
{
    /// <returns>To be disposed with the server.</returns>
    public static IDisposable Map(WebApplication web, Meter meter)
    {
        // Meters are known by name throughout a process; only this server's are to be told.
        var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddView(instrument => ReferenceEquals(instrument.Meter, meter) ? null : MetricStreamConfiguration.Drop)
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0)
            .Build();
        web.MapPrometheusScrapingEndpoint("/metrics", provider, configureBranchedPipeline: null, optionsName: null);
        return provider;
    }
}
