namespace Berth.Packaging.Preload;

/// <summary>Why an image was not put where the adapter will run.</summary>
public enum PreloadFailure
{
    /// <summary>The pak cannot be read, or names no registry.</summary>
    Pak,

    /// <summary>The container engine cannot be used.</summary>
    Engine,

    /// <summary>The registry or the way to it did not give the image.</summary>
    Pull,

    /// <summary>A login is needed, or the one that was given is refused.</summary>
    Login,

    /// <summary>The bundle cannot be trusted, is damaged, or has not all of the image.</summary>
    Bundle,

    /// <summary>The name of the registry cannot be made to lead here.</summary>
    Name,

    /// <summary>The engine has pulled and does not find the image by its digest.</summary>
    Lookup,

    /// <summary>The image is not for the platform of a Cloud Proxy.</summary>
    Platform,
}
