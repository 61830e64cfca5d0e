using System.Net;
using System.Text;
using Berth.Server;
using Berth.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace Berth.Registry.Tests.Api;

/// <summary>A registry on a data directory that is there already.</summary>
internal sealed class ServedDirectory : IAsyncDisposable
{
    private readonly BerthApplication _application;

    private ServedDirectory(BerthApplication application)
    {
        _application = application;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(application.Addresses.Single()),
        };
    }

    public HttpClient Client { get; }

    public static async Task<ServedDirectory> StartAsync(string data)
    {
        var options = new ServerOptions
        {
            Data = data, Listen = [ListenUrl.Parse("http://127.0.0.1:0")], PasswordCost = BerthServer.CheapestBcrypt, LogLevel = LogLevel.Error,
        };
        var application = await BerthApplication.OpenAsync(
            options, BerthServer.Password, TimeProvider.System, _ => { }, TestContext.Current.CancellationToken);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new ServedDirectory(application);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? authorization = null, string? body = null, string? type = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
            Assert.True(request.Content!.Headers.TryAddWithoutValidation("Content-Type", type));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The bytes at an address, which are there.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var response = await SendAsync("GET", path);
        Assert.True(response.StatusCode is HttpStatusCode.OK, $"GET {path}: {response.StatusCode}");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task AssertAnswersAsync(HttpStatusCode expected, string method, string path, string? authorization = null, string? body = null, string? type = null)
    {
        using var response = await SendAsync(method, path, authorization, body, type);
        Assert.Equal(expected, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
