using System.Globalization;
using Berth.Oci;
using Berth.Packaging.Images;

namespace Berth.Packaging.Build;

/// <summary>Tells of a push while it goes on, and sums it up.</summary>
internal sealed class PushReport(IPackObserver observer) : IPushObserver
{
    private const int ShownOfDigest = 12;

    private readonly Lock _lock = new();
    private int _pushed;
    private int _there;
    private long _bytes;

    public string Summary => _pushed == 0
        ? "nothing had to be pushed"
        : string.Create(CultureInfo.InvariantCulture, $"{_pushed} blobs with {_bytes / 1e6:0.0} MB pushed, {_there} were there");

    public void Exporting(long bytes) => observer.Progress("from the engine", bytes, 0);

    public void Started(Descriptor blob) => Progress(blob, 0);

    public void Skipped(Descriptor blob) => Count(there: 1, 0, 0);

    public void Mounted(Descriptor blob) => Count(there: 1, 0, 0);

    public void Progress(Descriptor blob, long bytes) => observer.Progress(blob.Digest.Hex[..ShownOfDigest].ToString(), bytes, blob.Size);

    public void Done(Descriptor blob)
    {
        Progress(blob, blob.Size);
        Count(0, pushed: 1, blob.Size);
    }

    public void Retrying(string what, string reason, TimeSpan wait)
    {
        // Layers are pushed in parallel, and notes come one at a time.
        lock (_lock)
            observer.Note(string.Create(CultureInfo.InvariantCulture, $"the {what} failed and is tried again in {wait.TotalSeconds:0.#} s: {reason}"));
    }

    private void Count(int there, int pushed, long bytes)
    {
        lock (_lock)
        {
            _there += there;
            _pushed += pushed;
            _bytes += bytes;
        }
    }
}
