using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Adapter;

/// <summary>The REST API of an adapter's container, with the platform's time limits.</summary>
internal sealed class AdapterApi : IDisposable
{
    private readonly AdapterTransport _transport;

    /// <param name="certificate">The certificate that the adapter serves TLS with, and no other; null: plain HTTP.</param>
    public AdapterApi(IPEndPoint address, X509Certificate2? certificate, TimeProvider time) =>
        _transport = new AdapterTransport(address, certificate, time);

    /// <exception cref="AdapterException">It did not answer, or not with a version.</exception>
    public Task<ApiVersion> GetVersionAsync(CancellationToken cancellationToken) =>
        GetVersionAsync(AdapterRoute.ApiVersion.Timeout, cancellationToken);

    public async Task<ApiVersion> GetVersionAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var document = await RequestAsync(
            AdapterRoute.ApiVersion with { Timeout = timeout }, null, AdapterJson.Default.ApiVersionDocument, cancellationToken);
        return new ApiVersion(document.Major, document.Minor, document.Maintenance);
    }

    /// <summary>The adapter's definition as JSON; null when it says to use describe.xml (status 204).</summary>
    public Task<byte[]?> GetDefinitionAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(
            AdapterRoute.Definition,
            null,
            static async (response, body, token) =>
            {
                if (response.StatusCode is HttpStatusCode.NoContent)
                    return null;
                using var definition = new MemoryStream();
                await body.CopyToAsync(definition, token);
                return definition.ToArray();
            },
            cancellationToken);

    public Task<TestResult> TestAsync(AdapterConfig connection, CancellationToken cancellationToken) =>
        PostAsync(AdapterRoute.Test, connection.WithoutCluster(), AdapterJson.Default.TestResult, cancellationToken);

    public Task<EndpointResult> GetEndpointUrlsAsync(AdapterConfig connection, CancellationToken cancellationToken) =>
        PostAsync(AdapterRoute.EndpointUrls, connection.WithoutCluster(), AdapterJson.Default.EndpointResult, cancellationToken);

    public Task<CollectResult> CollectAsync(AdapterConfig connection, CancellationToken cancellationToken) =>
        PostAsync(AdapterRoute.Collect, connection, AdapterJson.Default.CollectResult, cancellationToken);

    public void Dispose() => _transport.Dispose();

    private Task<T> PostAsync<T>(AdapterRoute route, AdapterConfig connection, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(connection, AdapterJson.Default.AdapterConfig));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return RequestAsync(route, content, type, cancellationToken);
    }

    private Task<T> RequestAsync<T>(AdapterRoute route, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            route,
            content,
            async (_, body, token) => await JsonSerializer.DeserializeAsync(body, type, token)
                ?? throw new AdapterException(AdapterFailure.Malformed, "the answer is null"),
            cancellationToken);
}
