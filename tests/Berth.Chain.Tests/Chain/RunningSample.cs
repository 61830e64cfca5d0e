using System.Text;
using System.Text.Json;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>The sample's image, built and run by the engine, with its REST API on a port of the loopback address.</summary>
internal sealed class RunningSample : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _image;
    private readonly string _container;

    private RunningSample(string image, string container, string address)
    {
        (_image, _container) = (image, container);
        _http = new() { BaseAddress = new($"http://{address}/") };
    }

    public static async Task<RunningSample> StartAsync(ScratchDirectory scratch)
    {
        var image = await new Command("docker", "build", "--quiet", SampleProject.CopyTo(scratch)).SucceedAsync();
        var run = await new Command("docker", "run", "--detach", "--publish", "127.0.0.1::8080", image.LastLine).SucceedAsync();
        var address = await new Command("docker", "port", run.LastLine, "8080/tcp").SucceedAsync();
        await using var log = new FollowedLog(run.LastLine);
        await log.WaitForAsync("Now listening");
        return new(image.LastLine, run.LastLine, address.LastLine);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(path, TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await new Command("docker", "rm", "--force", _container).RunAsync();
        await new Command("docker", "image", "rm", "--force", _image).RunAsync();
    }
}
