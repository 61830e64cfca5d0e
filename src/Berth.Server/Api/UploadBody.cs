using Berth.Oci;
using Berth.Server.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Berth.Server.Api;

/// <summary>The body of an upload: of any size and at any speed, as long as something arrives now and then.</summary>
/// <remarks>
/// The server's own limits on size and average rate are lifted, because an image layer is large and its sender may compress while it sends.
/// What has to be bounded instead is silence: a client that is gone without a word would keep its upload session busy for ever.
/// </remarks>
internal sealed class UploadBody : Stream
{
    internal static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private readonly Stream _body;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationToken _aborted;
    private readonly RequestFacts _facts;
    private readonly CancellationTokenRegistration _whenAborted;

    private UploadBody(HttpContext http, TimeProvider time)
    {
        _body = http.Request.Body;
        _facts = http.Facts();
        _silence = new CancellationTokenSource(LongestSilence, time);
        _aborted = http.RequestAborted;
        _whenAborted = _aborted.UnsafeRegister(static silence => ((CancellationTokenSource)silence!).Cancel(), _silence);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static UploadBody Open(HttpContext http, TimeProvider time)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        return new UploadBody(http, time);
    }

    /// <param name="cancellationToken">Not looked at: a read ends when the request is aborted or the silence is too long.</param>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _silence.CancelAfter(LongestSilence);
        try
        {
            var read = await _body.ReadAsync(buffer, _silence.Token);
            _facts.BytesReceived += read;
            return read;
        }
        catch (OperationCanceledException) when (!_aborted.IsCancellationRequested)
        {
            throw new OciException(OciError.BlobUploadStalled);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _whenAborted.DisposeAsync();
        _silence.Dispose();
        await base.DisposeAsync();
    }
}
