using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Images;

/// <summary>An image whose manifest exists and keeps its digest.</summary>
internal static class OriginalImage
{
    /// <exception cref="PackException">It is no image for a Cloud Proxy.</exception>
    public static ImageIdentity Identify(FetchedManifest fetched, Manifest manifest, byte[] config, string name)
    {
        if (!ImageConfigDocument.TryParse(config, out var parsed, out var diffIds))
            throw new PackException(PackFailure.Push, $"{name} is no image: its configuration is not one");
        parsed.CheckPlatform(name);
        return new ImageIdentity(manifest.Config!.Digest, diffIds) { Manifest = fetched.Digest };
    }
}
