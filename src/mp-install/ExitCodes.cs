using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>What the process ends with; a failed stage can be told from it.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;
    public const int Pak = 3;
    public const int Engine = 4;
    public const int Pull = 5;
    public const int Platform = 6;
    public const int Start = 7;
    public const int ApiVersion = 8;
    public const int Test = 9;
    public const int EndpointUrls = 10;
    public const int Collect = 11;
    public const int Remove = 12;
    public const int Interrupted = 130;

    public const string Help = """
        Exit codes:
          0    installed: every stage succeeded
          1    unexpected error
          2    usage: the command line, or the connection file
          3    the pak cannot be read
          4    the container engine cannot be used
          5    the image cannot be pulled
          6    the image is not for linux/amd64
          7    the container cannot be started
          8    the adapter does not answer /apiVersion
          9    /test failed
          10   /endpointURLs failed
          11   /collect failed
          12   the container cannot be removed
          130  interrupted
        """;

    public static int Of(InstallStage stage) => stage switch
    {
        InstallStage.ReadPak => Pak,
        InstallStage.ReadConnection => Usage,
        InstallStage.Engine or InstallStage.FindImage => Engine,
        InstallStage.Pull => Pull,
        InstallStage.Platform => Platform,
        InstallStage.Start => Start,
        InstallStage.ApiVersion => ApiVersion,
        InstallStage.Test => Test,
        InstallStage.EndpointUrls => EndpointUrls,
        InstallStage.Collect => Collect,
        InstallStage.Remove => Remove,
        _ => Unexpected,
    };
}
