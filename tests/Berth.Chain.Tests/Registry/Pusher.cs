using System.Net;
using System.Net.Http.Headers;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Registry;

/// <summary>
/// Pushes random images into one repository, in every way that the API knows, until the server is gone; and notes what the server
/// acknowledged.
/// </summary>
internal sealed class Pusher(Uri address, Login login, string repository, int seed, Action<int> sent, Action acknowledged)
{
    private const int MaxLayer = 512 * 1024;

    private readonly Random _random = new(seed);

    /// <summary>Path, without the repository's prefix, to the digest of what must be found there.</summary>
    public Dictionary<string, string> Acknowledged { get; } = [];

    /// <summary>Digest of every blob that was begun, whether acknowledged or not.</summary>
    public List<string> Begun { get; } = [];

    public string Repository => repository;

    /// <summary>Ends when a request fails, which it does once the server has been killed.</summary>
    public async Task PushUntilKilledAsync()
    {
        using var http = new RegistryHttp(address);
        try
        {
            var token = await http.TokenAsync(login, repository, "pull,push");
            for (var image = 0; ; image++)
                await PushImageAsync(http, token, image);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException { StatusCode: null })
        {
            // The connection broke: what was not acknowledged by now never will be.
        }
    }

    private async Task PushImageAsync(RegistryHttp http, AuthenticationHeaderValue token, int image)
    {
        var config = await PushBlobAsync(http, token, "{}"u8.ToArray());
        var layers = new List<PushedBlob>();
        for (var layer = 0; layer <= _random.Next(3); layer++)
            layers.Add(await PushBlobAsync(http, token, RandomBytes(1 + _random.Next(MaxLayer))));
        var manifest = ImageManifest.Write(config, layers, image);
        var tag = $"seed-{seed}-{image}";
        var content = new CountedContent(manifest, sent);
        content.Headers.ContentType = new(ImageManifest.MediaType);
        using var answer = await http.SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/{tag}", token, content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Note($"manifests/{tag}", Sha256.Of(manifest));
        Note($"manifests/{Sha256.Of(manifest)}", Sha256.Of(manifest));
    }

    private async Task<PushedBlob> PushBlobAsync(RegistryHttp http, AuthenticationHeaderValue token, byte[] blob)
    {
        var digest = Sha256.Of(blob);
        Begun.Add(digest);
        var upload = new BlobUpload(http, token, repository, sent);
        using var answer = _random.Next(3) switch
        {
            0 => await upload.InOneRequestAsync(blob, digest),
            1 => await upload.InTwoRequestsAsync(blob, digest),
            _ => await upload.InChunksAsync(blob, digest, blob.Length / 3 + 1),
        };
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Note($"blobs/{digest}", digest);
        return new(digest, blob.Length);
    }

    private void Note(string path, string digest)
    {
        Acknowledged[path] = digest;
        acknowledged();
    }

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
