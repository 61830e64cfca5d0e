using System.Globalization;
using System.Net;
using Berth.Oci.Client.Push;

namespace Berth.Oci.Client;

public sealed partial class RegistryClient
{
    private const string ChunkMinLength = "OCI-Chunk-Min-Length";

    /// <summary>Starts an upload, or has the registry take the blob from another repository of its own.</summary>
    /// <param name="mount">What to take; null: nothing, an upload is wanted.</param>
    /// <param name="from">Where it is; null: wherever the registry knows it, if it can look (distribution specification 1.1, "Mounting").</param>
    /// <returns>Null when the blob was mounted.</returns>
    internal async Task<UploadSession?> BeginUploadAsync(
        RepositoryName repository, Digest? mount, RepositoryName? from, CancellationToken cancellationToken)
    {
        var query = mount is null ? "" : $"?mount={Uri.EscapeDataString(mount.Value.ToString())}";
        if (mount is not null && from is not null)
            query += $"&from={Uri.EscapeDataString(from.Value.ToString())}";
        var request = new RegistryRequest(HttpMethod.Post, UploadsPath(repository) + query, repository, Push: true) { From = from };
        using var response = await _transport.SendAsync(request, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        if (mount is not null && response.StatusCode is HttpStatusCode.Created)
            return null;
        Expect(response, HttpStatusCode.Accepted, "start of an upload");
        return new UploadSession(_transport.Location(response), LeastChunk(response));
    }

    /// <summary>Sends one chunk, which begins where the session stands, and moves the session on.</summary>
    internal async Task PatchUploadAsync(
        RepositoryName repository, UploadSession session, Func<UploadContent> chunk, long length, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Patch, session.Location.AbsoluteUri, repository, Push: true)
        {
            AskFirst = session.Offset == 0,
            Content = () =>
            {
                var content = chunk();
                // Not the form of RFC 9110, which has a unit and a total.
                content.Headers.TryAddWithoutValidation("Content-Range", $"{session.Offset}-{session.Offset + length - 1}");
                return content;
            },
        };
        using var response = await _transport.SendAsync(request, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        Expect(response, HttpStatusCode.Accepted, "chunk of an upload");
        var expected = session.Offset + length;
        var received = Received(response) ?? expected;
        if (received <= session.Offset || received > expected)
            throw Wrong($"was sent a chunk up to byte {expected} and says that it has {received}");
        session.MoveTo(received, _transport.Location(response));
    }

    /// <summary>Ends an upload, with the rest of the content or all of it as the body.</summary>
    internal async Task CommitUploadAsync(
        RepositoryName repository, UploadSession session, Digest digest, Func<UploadContent>? content, CancellationToken cancellationToken)
    {
        var upload = session.Location;
        var target = $"{upload.AbsoluteUri}{(upload.Query.Length == 0 ? '?' : '&')}digest={Uri.EscapeDataString(digest.ToString())}";
        var request = new RegistryRequest(HttpMethod.Put, target, repository, Push: true) { Content = content, AskFirst = content is not null };
        using var response = await _transport.SendAsync(request, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        Expect(response, HttpStatusCode.Created, $"upload of {digest}");
    }

    /// <summary>Asks where an interrupted upload stands, and moves the session there.</summary>
    /// <returns>Whether it can go on; if not, it has to be started anew.</returns>
    internal async Task<bool> AskUploadAsync(RepositoryName repository, UploadSession session, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, session.Location.AbsoluteUri, repository, Push: true);
        try
        {
            using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.Accepted) || Received(response) is not { } received)
                return false;
            // "0-0" is what an upload of one byte and an empty one have in common.
            session.MoveTo(received == 1 ? 0 : received, response.Headers.Location is null ? session.Location : _transport.Location(response));
            return true;
        }
        catch (RegistryException e) when (!RetryBudget.MayPass(e))
        {
            // distribution, for one, refuses an upload whose state is not the one in the address.
            return false;
        }
    }

    /// <summary>How many bytes the registry has, by the Range header, which names the last of them; null when it does not tell.</summary>
    private static long? Received(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Range", out var values))
            return null;
        var text = values.First().AsSpan();
        if (text.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            text = text["bytes=".Length..];
        var dash = text.IndexOf('-');
        return dash >= 0 && long.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < long.MaxValue
            ? last + 1
            : null;
    }

    private static long LeastChunk(HttpResponseMessage response) =>
        response.Headers.TryGetValues(ChunkMinLength, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var least)
            ? least
            : 0;
}
