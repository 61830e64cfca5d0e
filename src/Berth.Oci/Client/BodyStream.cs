namespace Berth.Oci.Client;

/// <summary>The body of a response: a read that waits too long and a broken connection become a <see cref="RegistryException"/>.</summary>
internal sealed class BodyStream(HttpResponseMessage response, Stream inner, RegistryClientOptions options) : ReadOnlyStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timer = new StallTimer(options.StallTimeout, options.TimeProvider, cancellationToken);
        try
        {
            return await Inner.ReadAsync(buffer, timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested && timer.Stalled)
        {
            throw ConnectionFailure.Stalled(Where, options.StallTimeout, e);
        }
        catch (IOException e)
        {
            throw ConnectionFailure.Broken(Where, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            response.Dispose();
    }

    private string Where => response.RequestMessage!.RequestUri!.Authority;
}
