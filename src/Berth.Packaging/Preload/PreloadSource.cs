namespace Berth.Packaging.Preload;

/// <summary>Where a preloaded image came from.</summary>
public enum PreloadSource
{
    /// <summary>The engine had it.</summary>
    Present,

    /// <summary>Its registry, without a login.</summary>
    AnonymousPull,

    /// <summary>Its registry, with a login that only this pull had.</summary>
    PullWithLogin,

    /// <summary>A bundle.</summary>
    Bundle,
}
