using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>Hears how an image gets to a registry. Called from several threads at once; must return quickly.</summary>
public interface IPushObserver : IBlobPushObserver
{
    /// <param name="bytes">How much of the image the engine has handed over so far.</param>
    void Exporting(long bytes);
}
