using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>For a push that nobody looks at.</summary>
public sealed class SilentPushObserver : IPushObserver
{
    private SilentPushObserver()
    {
    }

    public static SilentPushObserver Instance { get; } = new();

    public void Exporting(long bytes)
    {
    }

    public void Started(Descriptor blob)
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
