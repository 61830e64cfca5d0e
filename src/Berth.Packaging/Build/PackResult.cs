using Berth.Oci;

namespace Berth.Packaging.Build;

/// <summary>A pak that was made.</summary>
/// <param name="Pak">Full path.</param>
/// <param name="PullReference">What the image was pulled by for proof, and what the appliance will pull by: with its digest.</param>
/// <param name="PushedTag">Where the image was pushed to: registry, repository and tag.</param>
public sealed record PackResult(string Pak, Reference PullReference, Reference PushedTag)
{
    /// <summary>The artifact beside the image that holds the pak; null when there is none.</summary>
    public Digest? Attached { get; init; }

    /// <summary>The artifact beside the image that holds its signature; null when there is none.</summary>
    public Digest? Signature { get; init; }
}
