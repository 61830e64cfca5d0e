using Berth.Oci;
using Berth.Packaging.Images;

namespace Berth.Packaging.Tests.Images;

/// <summary>Does something when the first upload begins.</summary>
internal sealed class AtStart(Func<Task> deed) : IPushObserver
{
    private int _started;

    public void Started(Descriptor blob)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
            deed().Wait();
    }

    public void Exporting(long bytes)
    {
    }

    public void Skipped(Descriptor blob)
    {
    }

    public void Mounted(Descriptor blob)
    {
    }

    public void Progress(Descriptor blob, long bytes)
    {
    }

    public void Done(Descriptor blob)
    {
    }

    public void Retrying(string what, string reason, TimeSpan wait)
    {
    }
}
