namespace Berth.Oci.Client.Push;

/// <summary>How a repository came to have a blob.</summary>
public enum BlobOutcome
{
    /// <summary>It had it.</summary>
    Present,

    /// <summary>From another repository of the registry.</summary>
    Mounted,
    Uploaded,
}
