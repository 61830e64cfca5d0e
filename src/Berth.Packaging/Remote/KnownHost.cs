namespace Berth.Packaging.Remote;

/// <summary>What is known of the key that a host shows.</summary>
internal enum KnownHost
{
    /// <summary>The host is not in the file.</summary>
    Unknown,

    /// <summary>The host is there with this key.</summary>
    Same,

    /// <summary>The host is there with other keys only.</summary>
    Another,
}
