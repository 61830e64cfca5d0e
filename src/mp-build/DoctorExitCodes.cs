namespace Berth.MpBuild;

internal static class DoctorExitCodes
{
    public const string Help = """
        Exit codes:
          0    all three requirements are met
          1    unexpected error
          2    usage: the command line, or a file that cannot be written
          5    no image could be pushed
          6    no appliance could pull
          130  interrupted
        """;
}
