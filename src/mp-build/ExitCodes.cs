using Berth.Packaging;

namespace Berth.MpBuild;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;
    public const int Validation = 3;
    public const int Build = 4;
    public const int Push = 5;
    public const int Verify = 6;
    public const int Interrupted = 130;

    public const string Help = """
        Exit codes:
          0    the pak is written
          1    unexpected error
          2    usage: the command line, the repositories, or no project
          3    the project, or what its adapter says of itself, is not valid
          4    the image cannot be built or its container does not come up
          5    the image cannot be pushed
          6    the image cannot be pulled without a login, or is for another platform
          130  interrupted
        """;

    public static int Of(PackFailure failure) => failure switch
    {
        PackFailure.Usage => Usage,
        PackFailure.Validation => Validation,
        PackFailure.Build => Build,
        PackFailure.Push => Push,
        PackFailure.Verify => Verify,
        _ => Unexpected,
    };
}
