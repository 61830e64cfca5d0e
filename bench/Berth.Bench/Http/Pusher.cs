using Berth.Bench.Content;
using Berth.Bench.Servers;

namespace Berth.Bench.Http;

/// <summary>Pushes as the well-known clients do, request for request, and insists on the answer that each of them expects.</summary>
internal sealed class Pusher(RunningServer server, RawConnection connection, string repository, CancellationToken cancellationToken) : IDisposable
{
    private const int Ok = 200;
    private const int Created = 201;
    private const int Accepted = 202;
    private const int NotFound = 404;

    public static async Task<Pusher> OpenAsync(RunningServer server, string repository, CancellationToken cancellationToken) =>
        new(server, await RawConnection.OpenAsync(server.Port, cancellationToken), repository, cancellationToken);

    /// <summary>Docker, podman, skopeo: is it there, POST, PATCH in HTTP chunks, PUT, is it there now.</summary>
    public async Task PushAsDockerAsync(Blob blob)
    {
        await RequireAsync("HEAD", BlobPath(blob), NotFound);
        var location = await BeginAsync();
        var line = blob.Set.FirstChunkLine;
        var first = new byte[line.Length + blob.Head.Length];
        line.CopyTo(first);
        blob.Head.CopyTo(first, line.Length);
        location = await MoveOnAsync("PATCH", location, "Transfer-Encoding: chunked\r\n", first, blob.Set.FramedTail);
        await RequireAsync("PUT", WithDigest(location, blob), Created, "Content-Length: 0\r\n");
        await RequireAsync("HEAD", BlobPath(blob), Ok);
    }

    /// <summary>containerd, oras, buildkit: is it there, POST, PUT with everything.</summary>
    public async Task PushAsContainerdAsync(Blob blob)
    {
        await RequireAsync("HEAD", BlobPath(blob), NotFound);
        var location = await BeginAsync();
        await RequireAsync("PUT", WithDigest(location, blob), Created, $"Content-Length: {blob.Size}\r\n", blob.Head, blob.Set.Tail);
    }

    /// <summary>POST, a PATCH for each chunk, PUT.</summary>
    public async Task PushInChunksAsync(Blob blob, int chunkSize)
    {
        var location = await BeginAsync();
        for (var offset = 0; offset < blob.Size; offset += chunkSize)
        {
            var size = Math.Min(chunkSize, blob.Size - offset);
            var headers = $"Content-Range: {offset}-{offset + size - 1}\r\nContent-Length: {size}\r\n";
            location = offset == 0
                ? await MoveOnAsync("PATCH", location, headers, blob.Head, blob.Set.Tail.AsMemory(0, size - blob.Head.Length))
                : await MoveOnAsync("PATCH", location, headers, default, blob.Set.Tail.AsMemory(offset - blob.Head.Length, size));
        }

        await RequireAsync("PUT", WithDigest(location, blob), Created, "Content-Length: 0\r\n");
    }

    public async Task PushAsync(Image image, string tag)
    {
        foreach (var blob in image.Blobs)
            await PushAsDockerAsync(blob);
        await PutManifestAsync(image.Manifest, tag);
    }

    /// <param name="reference">A tag or digest; may have a query.</param>
    public Task PutManifestAsync(byte[] manifest, string reference) => RequireAsync(
        "PUT",
        $"/v2/{repository}/manifests/{reference}",
        Created,
        $"Content-Type: {Image.MediaType}\r\nContent-Length: {manifest.Length}\r\n",
        manifest);

    public void Dispose() => connection.Dispose();

    private Task<string> BeginAsync() => MoveOnAsync("POST", $"/v2/{repository}/blobs/uploads/", "Content-Length: 0\r\n");

    private string BlobPath(Blob blob) => $"/v2/{repository}/blobs/{blob.Digest}";

    private static string WithDigest(string location, Blob blob) => $"{location}{(location.Contains('?') ? '&' : '?')}digest={blob.Digest}";

    private async Task<string> MoveOnAsync(
        string method, string target, string headers, ReadOnlyMemory<byte> first = default, ReadOnlyMemory<byte> rest = default)
    {
        var response = await RequireAsync(method, target, Accepted, headers, first, rest);
        return response.Location ?? throw new BenchException($"{server.Peer}: {method} {target} was answered without a Location");
    }

    private async Task<RawResponse> RequireAsync(
        string method, string target, int status, string headers = "", ReadOnlyMemory<byte> first = default, ReadOnlyMemory<byte> rest = default)
    {
        var response = await connection.SendAsync(method, target, server.Authorization + headers, first, rest, cancellationToken);
        return response.Status == status
            ? response
            : throw new BenchException($"{server.Peer}: {method} {target} was answered with {response.Status}, {status} is expected");
    }
}
