using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Berth.Oci;
using Berth.Packaging.Tests.Engine;
using Docker.DotNet.Models;

namespace Berth.Packaging.Tests.Install;

/// <summary>Debian's docker-registry on a port of its own, in memory; what it serves was pushed by the engine.</summary>
internal sealed class ForeignRegistry : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private readonly Process _process;
    private readonly TempDirectory _directory;

    private ForeignRegistry(Process process, TempDirectory directory, string host)
    {
        _process = process;
        _directory = directory;
        Host = host;
    }

    /// <summary>Host and port; the engine takes a registry on the loopback address without TLS.</summary>
    public string Host { get; }

    public static async Task<ForeignRegistry> StartAsync()
    {
        var directory = new TempDirectory();
        var configuration = directory.Write(
            "config.yml", "version: 0.1\nlog: {level: info, accesslog: {disabled: true}}\nstorage: {inmemory: {}}\nhttp: {addr: '127.0.0.1:0'}\n");
        var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration]) { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                _ = process.StandardError.ReadToEndAsync();
                return new ForeignRegistry(process, directory, line[(at + Listening.Length)..].Split('"', ' ')[0]);
            }
        }

        throw new InvalidOperationException("docker-registry does not start.");
    }

    /// <summary>Pushes an image and forgets it locally.</summary>
    /// <returns>The digest of its manifest.</returns>
    public async Task<Digest> PushAsync(TestEngine test, string image, string path)
    {
        var name = $"{Host}/{path}";
        var images = test.Engine.Client.Images;
        await images.TagImageAsync(image, new ImageTagParameters { RepositoryName = name, Tag = "1" });
        var messages = new Packaging.Engine.PullMessages(null);
        await images.PushImageAsync($"{name}:1", new ImagePushParameters(), new AuthConfig(), messages);
        Assert.Null(messages.Error);
        var digests = (await images.InspectImageAsync($"{name}:1")).RepoDigests;
        await test.RemoveImageAsync($"{name}:1");
        await test.RemoveImageAsync(image);
        return Digest.Parse(digests.Single(digest => digest.StartsWith($"{name}@", StringComparison.Ordinal)).Split('@')[1]);
    }

    /// <summary>Puts an index that names these manifests.</summary>
    public async Task<Digest> PutIndexAsync(string path, params (Digest Manifest, string Architecture)[] entries)
    {
        using var http = new HttpClient();
        var manifests = $"http://{Host}/v2/{path}/manifests";
        var descriptors = new List<string>();
        foreach (var (manifest, architecture) in entries)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{manifests}/{manifest}");
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.DockerManifest));
            using var response = await http.SendAsync(request);
            var size = (await response.Content.ReadAsByteArrayAsync()).Length;
            descriptors.Add(
                $$$"""{"mediaType":"{{{MediaTypes.DockerManifest}}}","size":{{{size}}},"digest":"{{{manifest}}}","platform":{"os":"linux","architecture":"{{{architecture}}}"}}""");
        }

        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.DockerManifestList}}","manifests":[{{string.Join(',', descriptors)}}]}""");
        using var content = new ByteArrayContent(index);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.DockerManifestList);
        using var put = await http.PutAsync($"{manifests}/index", content);
        put.EnsureSuccessStatusCode();
        return Digest.Of(index);
    }

    public async Task StopAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _directory.Dispose();
    }
}
