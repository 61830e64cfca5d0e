using Berth.Oci;

namespace Berth.Packaging.Engine;

/// <summary>An image as the Cloud Proxy names it: registry host, path and digest, put together literally.</summary>
/// <param name="Repository">Host and path: <c>127.0.0.1:5000/packs/hostwatch</c>.</param>
internal sealed record PinnedImage(string Repository, Digest Digest)
{
    private const string HubHost = "docker.io/";
    private const string HubLibrary = "library/";

    /// <summary>Whether an engine's RepoDigest names this image. Docker writes those of Docker Hub without the host.</summary>
    public bool IsNamedBy(string repoDigest) => repoDigest == ToString() || repoDigest == $"{Familiar}@{Digest}";

    public override string ToString() => $"{Repository}@{Digest}";

    private string Familiar
    {
        get
        {
            if (!Repository.StartsWith(HubHost, StringComparison.Ordinal))
                return Repository;
            var path = Repository[HubHost.Length..];
            return path.StartsWith(HubLibrary, StringComparison.Ordinal) ? path[HubLibrary.Length..] : path;
        }
    }
}
