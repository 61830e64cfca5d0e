using System.Security.Cryptography;
using Berth.Oci;
using Berth.Server.Diagnostics;
using Berth.Server.Upkeep;

namespace Berth.Server.Api;

/// <summary>Sends content as <see cref="BlobBody"/> does and hashes it on the way. Nobody is ever given a whole answer that is wrong.</summary>
internal sealed class VerifiedBody(ScrubRun scrub, ILogger log)
{
    private const int ReadSize = 256 * 1024;

    /// <summary>The last piece leaves only when all of them have the digest; otherwise the content is looked at and the connection cut.</summary>
    public async Task SendAsync(Digest digest, Stream content, long length, HttpContext http)
    {
        if (await TrySendAsync(digest, content, length, http))
            return;
        log.ServedCorrupt(digest);
        try
        {
            // Before the client hears of it: when it asks again it is not given the same.
            await scrub.CheckAsync(digest, CancellationToken.None);
        }
        finally
        {
            http.Abort();
        }
    }

    private static async ValueTask<bool> TrySendAsync(Digest digest, Stream content, long length, HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(
            digest.Algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        await http.Response.StartAsync(http.RequestAborted);
        var body = http.Response.BodyWriter;
        for (var left = length; left > 0;)
        {
            var wanted = (int)Math.Min(left, ReadSize);
            var memory = body.GetMemory(wanted)[..wanted];
            var read = await ReadAsync(content, memory, http.RequestAborted);
            if (read == 0)
                return false;
            hash.AppendData(memory.Span[..read]);
            left -= read;
            if (left == 0 && Digest.FromHash(digest.Algorithm, hash.GetCurrentHash()) != digest)
                return false;
            body.Advance(read);
            if ((await body.FlushAsync(http.RequestAborted)).IsCompleted)
                return true;
            http.Facts().BytesSent += read;
        }

        return true;
    }

    /// <summary>What the disk cannot read any more is as if it were not there.</summary>
    private static async ValueTask<int> ReadAsync(Stream content, Memory<byte> memory, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(memory, cancellationToken);
        }
        catch (IOException e) when (e.HResult == ScrubbedFiles.InputOutput)
        {
            return 0;
        }
    }
}
