using System.Globalization;
using System.Net;
using Berth.Torture.Content;
using Berth.Torture.Http;
using Berth.Torture.Model;

namespace Berth.Torture.Clients;

internal sealed partial class RepositoryClient
{
    private const HttpStatusCode Begun = HttpStatusCode.Accepted;

    public Task UploadAsync(SeededBlob blob, UploadForm form) => form switch
    {
        UploadForm.OneRequest => CompleteAsync(
            blob, () => SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={blob.Digest}", connection.Body(blob.Bytes()))),
        UploadForm.TwoRequests => InTwoRequestsAsync(blob),
        UploadForm.Stream => InStreamAsync(blob),
        _ => InChunksAsync(blob),
    };

    /// <summary>Begins an upload, sends some of it, and leaves it.</summary>
    public async Task LeaveAsync(SeededBlob blob, int bytes, Action<OpenUpload> left)
    {
        var upload = new OpenUpload(model.Name, await BeginAsync(), blob, 0, bytes);
        left(upload);
        await PatchAsync(upload.Location, blob.Bytes().AsMemory(0, bytes), announced: false, range: null);
        left(upload with { Acknowledged = bytes });
    }

    /// <summary>Asks where an upload stands and sends the rest.</summary>
    public async Task ResumeAsync(OpenUpload upload)
    {
        var where = (await SendAsync(HttpMethod.Get, upload.Location)).Must("the upload was acknowledged", HttpStatusCode.NoContent);
        var bytes = upload.Blob.Bytes();
        var has = int.Parse(where.Headers.GetValues("Range").Single().Split('-')[1], CultureInfo.InvariantCulture) + 1;
        if (has == 1 && upload.Acknowledged == 0)
        {
            // One byte and none look the same here. A range that starts at 0 is refused when there is one.
            await CancelAsync(upload.Location);
            return;
        }

        if (has < upload.Acknowledged || has > upload.Sent)
            throw new Violation($"{upload.Location} has {has} bytes, of {upload.Sent} sent and {upload.Acknowledged} acknowledged");
        var location = has < bytes.Length ? await PatchAsync(upload.Location, bytes.AsMemory(has), true, (has, bytes.Length - 1)) : upload.Location;
        await CompleteAsync(upload.Blob, () => SendAsync(HttpMethod.Put, WithDigest(location, upload.Blob)));
    }

    private async Task CancelAsync(string location) =>
        (await SendAsync(HttpMethod.Delete, location)).Must("an upload can be cancelled", HttpStatusCode.NoContent);

    private async Task InTwoRequestsAsync(SeededBlob blob)
    {
        var location = await BeginAsync();
        await CompleteAsync(blob, () => SendAsync(HttpMethod.Put, WithDigest(location, blob), connection.Body(blob.Bytes())));
    }

    private async Task InStreamAsync(SeededBlob blob)
    {
        var location = await PatchAsync(await BeginAsync(), blob.Bytes(), announced: false, range: null);
        await CompleteAsync(blob, () => SendAsync(HttpMethod.Put, WithDigest(location, blob)));
    }

    private async Task InChunksAsync(SeededBlob blob)
    {
        var location = await BeginAsync();
        var bytes = blob.Bytes();
        var chunk = (bytes.Length / 3) + 1;
        for (var offset = 0; offset < bytes.Length; offset += chunk)
        {
            var length = Math.Min(chunk, bytes.Length - offset);
            location = await PatchAsync(location, bytes.AsMemory(offset, length), announced: true, (offset, offset + length - 1));
        }

        await CompleteAsync(blob, () => SendAsync(HttpMethod.Put, WithDigest(location, blob)));
    }

    private async Task<string> BeginAsync() =>
        Location((await SendAsync(HttpMethod.Post, "blobs/uploads/")).Must("an upload can be begun", Begun));

    private async Task<string> PatchAsync(string location, ReadOnlyMemory<byte> bytes, bool announced, (int First, int Last)? range)
    {
        var body = connection.Body(bytes, announced: announced);
        if (range is var (first, last))
            body.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{first}-{last}"));
        return Location((await SendAsync(HttpMethod.Patch, location, body)).Must("the chunk follows the one before", Begun));
    }

    /// <summary>The request that ends an upload is the only one that changes what a repository has.</summary>
    private async Task CompleteAsync(SeededBlob blob, Func<Task<Answer>> last) =>
        (await ChangeAsync(new BlobPromised(blob.Digest, PromisedUntil), HttpStatusCode.Created, last))
            .Must("the bytes are right", HttpStatusCode.Created);

    private static string WithDigest(string location, SeededBlob blob) =>
        location + (location.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "digest=" + blob.Digest;

    /// <summary>Without the address, which is another one after a restart.</summary>
    private static string Location(Answer answer) => answer.Headers.Location is { } location
        ? location.IsAbsoluteUri ? location.PathAndQuery : location.ToString()
        : throw answer.Unexpected("a Location is needed");
}
