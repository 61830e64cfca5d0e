using Berth.Oci;
using Berth.Packaging.Images;

namespace Berth.PushBench;

/// <summary>Counts what became of the blobs of a push.</summary>
internal sealed class PushCounter : IPushObserver
{
    private int _uploaded;
    private int _skips;
    private int _mounts;
    private int _retries;

    public int Uploaded => _uploaded;

    public int Skips => _skips;

    public int Mounts => _mounts;

    public int Retries => _retries;

    public void Exporting(long bytes)
    {
    }

    public void Started(Descriptor blob)
    {
    }

    public void Progress(Descriptor blob, long bytes)
    {
    }

    public void Skipped(Descriptor blob) => Interlocked.Increment(ref _skips);

    public void Mounted(Descriptor blob) => Interlocked.Increment(ref _mounts);

    public void Done(Descriptor blob) => Interlocked.Increment(ref _uploaded);

    public void Retrying(string what, string reason, TimeSpan wait)
    {
        Interlocked.Increment(ref _retries);
        Console.Error.WriteLine($"{what} is tried again in {wait.TotalSeconds:0.0} s: {reason}");
    }
}
