using Berth.Packaging.Preload;

namespace Berth.MpInstall;

/// <summary>What <c>mp-install preload</c> ends with, beside the codes that every command has.</summary>
internal static class PreloadExitCodes
{
    public const int Pull = 50;
    public const int Login = 51;
    public const int Bundle = 52;
    public const int Name = 53;
    public const int Lookup = 54;
    public const int Hosts = 55;

    public const string Help = """
        Exit codes:
          0    the engine has the image, and finds it by the digest that the pak names
          1    unexpected error
          2    usage
          3    the pak cannot be read, or names no registry
          4    the container engine cannot be used
          6    the image is not for linux/amd64
          50   the image cannot be pulled
          51   the registry wants a login, or refuses the one it got
          52   the bundle cannot be read or trusted, or has not all of the image
          53   the name of the registry cannot be led to the bundle
          54   pulled, and not found by its digest
          55   with --host or --hosts: not all of them have the image now; the table says why
          130  interrupted
        """;

    public static int Of(PreloadFailure failure) => failure switch
    {
        PreloadFailure.Pak => ExitCodes.Pak,
        PreloadFailure.Engine => ExitCodes.Engine,
        PreloadFailure.Platform => ExitCodes.Platform,
        PreloadFailure.Pull => Pull,
        PreloadFailure.Login => Login,
        PreloadFailure.Bundle => Bundle,
        PreloadFailure.Name => Name,
        PreloadFailure.Lookup => Lookup,
        _ => ExitCodes.Unexpected,
    };
}
