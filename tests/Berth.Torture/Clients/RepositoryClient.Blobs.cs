using System.Net;
using Berth.Oci;
using Berth.Torture.Model;

namespace Berth.Torture.Clients;

internal sealed partial class RepositoryClient
{
    /// <summary>Asks as a pusher does that would like to save itself an upload.</summary>
    /// <returns>Whether it need not upload.</returns>
    public async Task<bool> HeadAsync(Digest blob)
    {
        var answer = await ChangeAsync(
            new BlobPromised(blob, PromisedUntil), HttpStatusCode.OK, () => SendAsync(HttpMethod.Head, $"blobs/{blob}"));
        answer.Must("a HEAD of a blob is answered with 200 or 404", HttpStatusCode.OK, HttpStatusCode.NotFound);
        if (answer.Status is HttpStatusCode.OK)
            return true;
        NotThere(blob, answer.Received, answer.Unexpected("the blob was promised, or a manifest needs it"));
        return false;
    }

    /// <summary>Reads it as a pusher does, which renews the promise.</summary>
    public async Task GetAsync(Digest blob)
    {
        var answer = await ChangeAsync(new BlobPromised(blob, PromisedUntil), HttpStatusCode.OK, () => SendAsync(HttpMethod.Get, $"blobs/{blob}"));
        answer.Must("a GET of a blob is answered with 200 or 404", HttpStatusCode.OK, HttpStatusCode.NotFound);
        if (answer.Status is HttpStatusCode.NotFound)
            NotThere(blob, answer.Received, answer.Unexpected("the blob was promised, or a manifest needs it"));
        else if (Digest.Of(answer.Body) != blob)
            throw new Violation($"{answer.Asked} gave {answer.Body.Length} bytes with another digest");
    }

    /// <param name="from">A repository that nobody takes it away from meanwhile; or, with <paramref name="sure"/> false, one that may not have it.</param>
    public async Task<bool> MountAsync(Digest blob, string from, Func<DateTimeOffset, bool> sure)
    {
        var answer = await ChangeAsync(
            new BlobPromised(blob, PromisedUntil),
            HttpStatusCode.Created,
            () => SendAsync(HttpMethod.Post, $"blobs/uploads/?mount={blob}&from={from}"));
        answer.Must("a mount is answered with 201 or 202", HttpStatusCode.Created, HttpStatusCode.Accepted);
        if (answer.Status is HttpStatusCode.Created)
            return true;
        if (sure(answer.Received))
            throw answer.Unexpected("the other repository has the blob");
        (await SendAsync(HttpMethod.Delete, Location(answer))).Must("an upload can be cancelled", HttpStatusCode.NoContent);
        return false;
    }

    public async Task DeleteBlobAsync(Digest blob)
    {
        var answer = await ChangeAsync(new BlobRemoved(blob), HttpStatusCode.Accepted, () => SendAsync(HttpMethod.Delete, $"blobs/{blob}"));
        // The change is made by now: a blob that a manifest needs is still needed.
        if (model.IsNeeded(blob))
            answer.Must("a manifest needs the blob", HttpStatusCode.MethodNotAllowed);
        else if (answer.Status is HttpStatusCode.NotFound)
            NotThere(blob, answer.Received, answer.Unexpected("the blob was promised"));
        else
            answer.Must("nothing needs the blob", HttpStatusCode.Accepted);
    }

    private void NotThere(Digest blob, DateTimeOffset at, Violation violation)
    {
        if (model.MustHave(blob, at))
            throw violation;
        model.Forget(blob);
    }
}
