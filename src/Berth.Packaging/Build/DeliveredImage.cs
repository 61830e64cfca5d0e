using Berth.Oci;

namespace Berth.Packaging.Build;

/// <summary>An image that is where the appliance will pull it from.</summary>
/// <param name="Target">What was pushed: registry, repository and tag.</param>
internal sealed record DeliveredImage(Reference Target, Digest Digest);
