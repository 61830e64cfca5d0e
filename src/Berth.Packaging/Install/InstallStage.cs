namespace Berth.Packaging.Install;

/// <summary>The steps of an installation, in their order.</summary>
public enum InstallStage
{
    ReadPak,
    ReadConnection,
    Engine,
    FindImage,
    Pull,
    Platform,
    Start,
    ApiVersion,
    Test,
    EndpointUrls,
    Collect,
    Remove,
}

public static class InstallStages
{
    /// <summary>The stage as it stands in the list of stages and in JSON output.</summary>
    public static string Name(this InstallStage stage) => stage switch
    {
        InstallStage.ReadPak => "read pak",
        InstallStage.ReadConnection => "read connection",
        InstallStage.Engine => "engine",
        InstallStage.FindImage => "find image",
        InstallStage.Pull => "pull",
        InstallStage.Platform => "platform",
        InstallStage.Start => "start",
        InstallStage.ApiVersion => "apiVersion",
        InstallStage.Test => "test",
        InstallStage.EndpointUrls => "endpointURLs",
        InstallStage.Collect => "collect",
        InstallStage.Remove => "remove",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
