using HostWatch.Api;
using HostWatch.Definition;
using HostWatch.Readings;

namespace HostWatch;

/// <summary>The collector REST API, version 1.0.0. It has no authentication: only the platform can reach the container.</summary>
internal sealed class CollectorEndpoints(HostCollector collector)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apiVersion", () => TypedResults.Ok(new ApiVersion(1, 0, 0)));
        routes.MapGet("/adapterDefinition", () => TypedResults.Json(HostWatchAdapter.Definition, DefinitionJson.Default.AdapterDefinition));
        routes.MapPost("/test", (AdapterConfig config) => TypedResults.Ok(Test(config)));
        // The host is read through /proc: there is no endpoint whose certificate the platform would have to trust.
        routes.MapPost("/endpointURLs", (AdapterConfig config) => TypedResults.Ok(new EndpointUrls([])));
        routes.MapPost("/collect", (AdapterConfig config) => TypedResults.Ok(Collect(config)));
    }

    private static TestResult Test(AdapterConfig config) =>
        new(Connection.TryRead(config, out _, out var problem) ? null : problem);

    private CollectResult Collect(AdapterConfig config) =>
        Connection.TryRead(config, out var connection, out var problem)
            ? collector.Collect(connection)
            : CollectResult.Failed(problem);
}
