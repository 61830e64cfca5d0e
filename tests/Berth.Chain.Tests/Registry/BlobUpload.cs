using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Berth.Chain.Tests.Registry;

/// <summary>The three ways to upload a blob. Each returns the answer to the last request.</summary>
internal sealed class BlobUpload(RegistryHttp http, AuthenticationHeaderValue token, string repository, Action<int> sent)
{
    public Task<HttpResponseMessage> InOneRequestAsync(ReadOnlyMemory<byte> blob, string digest) =>
        http.SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={digest}", token, Body(blob));

    public async Task<HttpResponseMessage> InTwoRequestsAsync(ReadOnlyMemory<byte> blob, string digest) =>
        await http.SendAsync(HttpMethod.Put, WithDigest(await StartAsync(), digest), token, Body(blob));

    public async Task<HttpResponseMessage> InChunksAsync(ReadOnlyMemory<byte> blob, string digest, int chunk)
    {
        var location = await StartAsync();
        for (var offset = 0; offset < blob.Length; offset += chunk)
        {
            var body = Body(blob.Slice(offset, Math.Min(chunk, blob.Length - offset)));
            body.Headers.TryAddWithoutValidation(
                "Content-Range", string.Create(CultureInfo.InvariantCulture, $"{offset}-{Math.Min(offset + chunk, blob.Length) - 1}"));
            using var answer = await http.SendAsync(HttpMethod.Patch, location, token, body);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            location = answer.Headers.Location!.ToString();
        }
        return await http.SendAsync(HttpMethod.Put, WithDigest(location, digest), token);
    }

    /// <summary>Opens an upload and gives its location.</summary>
    public async Task<string> StartAsync()
    {
        using var answer = await http.SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/", token);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    public static string WithDigest(string location, string digest) =>
        location + (location.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "digest=" + digest;

    private CountedContent Body(ReadOnlyMemory<byte> bytes)
    {
        var content = new CountedContent(bytes, sent);
        content.Headers.ContentType = new("application/octet-stream");
        return content;
    }
}
