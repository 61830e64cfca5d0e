namespace Berth.Packaging;

/// <summary>What kind of thing kept a pak from being made; each has its exit code.</summary>
public enum PackFailure
{
    /// <summary>The command line or a setting is missing or wrong.</summary>
    Usage,

    /// <summary>The project, or what its adapter says of itself, is not valid.</summary>
    Validation,

    /// <summary>The image could not be built, or its container did not come up.</summary>
    Build,

    /// <summary>The registry did not take the image.</summary>
    Push,

    /// <summary>The image was pushed, but a Cloud Proxy could not pull it.</summary>
    Verify,
}
