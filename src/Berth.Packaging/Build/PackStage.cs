namespace Berth.Packaging.Build;

/// <summary>The steps of a build, in their order.</summary>
public enum PackStage
{
    ReadProject,
    Engine,
    CheckPush,
    CheckPull,
    BuildImage,
    StartAdapter,
    Describe,
    Push,
    Confirm,
    Verify,
    WritePak,
}

public static class PackStages
{
    /// <summary>The stage as it stands in the list of stages.</summary>
    public static string Name(this PackStage stage) => stage switch
    {
        PackStage.ReadProject => "read project",
        PackStage.Engine => "engine",
        PackStage.CheckPush => "check push",
        PackStage.CheckPull => "check pull",
        PackStage.BuildImage => "build image",
        PackStage.StartAdapter => "start adapter",
        PackStage.Describe => "describe",
        PackStage.Push => "push",
        PackStage.Confirm => "confirm",
        PackStage.Verify => "verify",
        PackStage.WritePak => "write pak",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    /// <summary>What a failure of the stage means, unless the failure says it itself.</summary>
    internal static PackFailure Failure(this PackStage stage) => stage switch
    {
        PackStage.ReadProject or PackStage.Describe => PackFailure.Validation,
        PackStage.CheckPush or PackStage.Push or PackStage.Confirm => PackFailure.Push,
        PackStage.CheckPull or PackStage.Verify => PackFailure.Verify,
        _ => PackFailure.Build,
    };
}
