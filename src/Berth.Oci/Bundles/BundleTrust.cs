namespace Berth.Oci.Bundles;

/// <summary>What is known of who made a bundle.</summary>
public enum BundleTrust
{
    /// <summary>Nobody signed it.</summary>
    NotSigned,

    /// <summary>It carries a signature that no key was given for.</summary>
    Unchecked,

    /// <summary>Its signature is good.</summary>
    Verified,
}
