using System.Net;
using System.Text;
using System.Text.Json;
using Berth.Oci;

namespace Berth.Registry.Tests.Api;

/// <summary>Talks to a running registry in raw HTTP; each test has repositories of its own.</summary>
public abstract class RegistryTest(BerthServer server) : IClassFixture<BerthServer>
{
    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected BerthServer Server { get; } = server;

    /// <summary>A name that no other test uses.</summary>
    protected string Repository { get; } = $"test/{Guid.NewGuid():N}";

    public static Digest DigestOf(string content) => Digest.Of(Encoding.UTF8.GetBytes(content));

    protected static Digest DigestOf(string content, DigestAlgorithm algorithm) => Digest.Of(Encoding.UTF8.GetBytes(content), algorithm);

    public static string Image(string config, params string[] layers) =>
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Blob(config)}},"layers":[{{string.Join(',', layers.Select(Blob))}}]}""";

    public static string Blob(string content) =>
        $$"""{"mediaType":"application/octet-stream","digest":"{{DigestOf(content)}}","size":{{content.Length}}}""";

    /// <summary>Sends a request as <paramref name="user"/>, anonymously when null.</summary>
    protected async Task<HttpResponseMessage> SendAsync(string method, string address, string? user = null, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (user is not null)
            request.Headers.TryAddWithoutValidation("Authorization", Basic(user, BerthServer.Password));
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value), name);
        return await Server.Client.SendAsync(request, Cancelled);
    }

    /// <summary>Sends a request line and headers as they are, on a connection of their own.</summary>
    private protected async Task<RawResponse> SendRawAsync(string requestLine, string? user, string[] headers, string body = "")
    {
        using var connection = await RawConnection.OpenAsync(Server);
        string[] length = body.Length == 0 ? [] : [$"Content-Length: {body.Length}"];
        await connection.SendHeadAsync(requestLine, user, [.. headers, .. length]);
        await connection.SendAsync(body);
        return Assert.IsType<RawResponse>(await connection.ReadResponseAsync(requestLine.StartsWith("HEAD ", StringComparison.Ordinal)));
    }

    /// <summary>Sends bytes that need not be a request, and gives what comes back; null when the server only hangs up.</summary>
    private protected async Task<RawResponse?> ExchangeAsync(string bytes)
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendAsync(bytes);
        return await connection.ReadResponseAsync(bytes.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    protected Task<HttpResponseMessage> PushAsync(string method, string address, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, address, BerthServer.Pusher, body, headers);

    public static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    /// <summary>Begins an upload and gives its address.</summary>
    protected async Task<string> BeginUploadAsync(string? repository = null)
    {
        using var begun = await PushAsync("POST", $"/v2/{repository ?? Repository}/blobs/uploads/");
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        return Header(begun, "Location");
    }

    protected async Task<Digest> PushBlobAsync(string content, string? repository = null)
    {
        var digest = DigestOf(content);
        using var pushed = await PushAsync("POST", $"/v2/{repository ?? Repository}/blobs/uploads/?digest={digest}", content);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return digest;
    }

    /// <summary>Pushes an image of one layer under a tag and gives its manifest.</summary>
    protected async Task<string> PushImageAsync(string tag, string layer = "layer", string? repository = null)
    {
        await PushBlobAsync("{}", repository);
        await PushBlobAsync(layer, repository);
        var manifest = Image("{}", layer);
        using var pushed = await PutManifestAsync(tag, manifest, repository);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        return manifest;
    }

    protected Task<HttpResponseMessage> PutManifestAsync(string reference, string manifest, string? repository = null, string type = MediaTypes.OciManifest) =>
        PushAsync("PUT", $"/v2/{repository ?? Repository}/manifests/{reference}", manifest, ("Content-Type", type));

    protected static string Header(HttpResponseMessage response, string name) => string.Join(", ", FindHeader(response, name) ?? throw new KeyNotFoundException(name));

    protected static IEnumerable<string>? FindHeader(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? [.. values] : null;

    protected static Task<string> BodyAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancelled);

    /// <summary>The content is served at an address of the registry, whoever asks.</summary>
    protected async Task AssertServedAsync(string address, string content)
    {
        using var served = await SendAsync("GET", address);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(content, await BodyAsync(served));
    }

    /// <summary>The response is an error in the specification's form, and nothing else.</summary>
    protected static async Task<JsonElement> AssertErrorAsync(HttpResponseMessage response, int status, string code)
    {
        var body = await BodyAsync(response);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/json", Header(response, "Content-Type"));
        var errors = JsonDocument.Parse(body).RootElement.GetProperty("errors");
        Assert.All(errors.EnumerateArray(), error => Assert.Equal(code, error.GetProperty("code").GetString()));
        Assert.NotEqual("", errors[0].GetProperty("message").GetString());
        return errors;
    }
}
