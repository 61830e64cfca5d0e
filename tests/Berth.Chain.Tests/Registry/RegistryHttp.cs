using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Registry;

/// <summary>The distribution API by hand: plain requests, so that no client of ours stands between the test and the server.</summary>
internal sealed class RegistryHttp(Uri address, HttpMessageHandler? handler = null) : IDisposable
{
    private readonly HttpClient _http = new(handler ?? new HttpClientHandler()) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Asks for a token for one repository, as the challenge says, with the login or without one.</summary>
    public async Task<AuthenticationHeaderValue> TokenAsync(Login? login, string repository, string actions)
    {
        using var challenge = await _http.GetAsync("/v2/", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, challenge.StatusCode);
        var parameters = challenge.Headers.WwwAuthenticate.Single().Parameter!
            .Split(',')
            .Select(pair => pair.Trim().Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{parameters["realm"]}?service={parameters["service"]}&scope=repository:{repository}:{actions}");
        request.Headers.Authorization = login?.Header;
        using var answer = await _http.SendAsync(request, Token);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Token));
        return new("Bearer", document.RootElement.GetProperty("token").GetString());
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, AuthenticationHeaderValue? authorization = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = authorization;
        // Two lines, as clients send it: what the server has is given as it is.
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        return await _http.SendAsync(request, Token);
    }

    /// <summary>Content, without any credentials if none are given; null when the server has none.</summary>
    public async Task<byte[]?> FetchAsync(string path, AuthenticationHeaderValue? authorization = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, authorization);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }

    public void Dispose() => _http.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
