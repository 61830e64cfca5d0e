namespace Berth.MpInstall;

/// <summary>What the commands end with that only look at a pak, beside the codes that every command has.</summary>
internal static class LookExitCodes
{
    public const int Doctor = 40;
    public const int Verify = 41;
    public const int Remote = 42;

    private const string Common = """
          1    unexpected error
          2    usage: the command line, a key, or a file that cannot be written
          3    the pak cannot be read, or names no registry
        """;

    public static string Help(string success, string? failure = null) => $"""
        Exit codes:
          0    {success}
        {Common}
        {(failure is null ? "" : $"  {failure}\n")}  130  interrupted
        """;
}
