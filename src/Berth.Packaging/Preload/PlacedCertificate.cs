namespace Berth.Packaging.Preload;

/// <summary>A certificate that an engine trusts as long as this is.</summary>
internal sealed class PlacedCertificate(string path, string text) : IDisposable
{
    public string Path => path;

    public string Text => text;

    public void Dispose() => TrustDirectory.Remove(path);
}
