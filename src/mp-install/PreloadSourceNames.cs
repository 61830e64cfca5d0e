using Berth.Packaging.Preload;

namespace Berth.MpInstall;

internal static class PreloadSourceNames
{
    /// <summary>For programs.</summary>
    public static string Name(this PreloadSource source) => source switch
    {
        PreloadSource.Present => "present",
        PreloadSource.AnonymousPull => "anonymous-pull",
        PreloadSource.PullWithLogin => "pull-with-login",
        _ => "bundle",
    };

    /// <summary>For people.</summary>
    public static string Describe(this PreloadSource source) => source switch
    {
        PreloadSource.Present => "the engine, which had it",
        PreloadSource.AnonymousPull => "a pull by digest, without a login",
        PreloadSource.PullWithLogin => "a pull by digest, with a login that only this pull had",
        _ => "the bundle",
    };
}
