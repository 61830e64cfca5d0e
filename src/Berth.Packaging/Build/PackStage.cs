namespace Berth.Packaging.Build;

/// <summary>The steps of a build, in their order.</summary>
public enum PackStage
{
    ReadProject,
    Engine,
    CheckRegistry,
    FindImage,
    BuildImage,
    StartAdapter,
    Describe,
    Push,
    Confirm,
    Verify,
    PullImage,
    Sign,
    WritePak,
    Attach,
}

public static class PackStages
{
    /// <summary>The stage as it stands in the list of stages.</summary>
    public static string Name(this PackStage stage) => stage switch
    {
        PackStage.ReadProject => "read project",
        PackStage.Engine => "engine",
        PackStage.CheckRegistry => "check registry",
        PackStage.FindImage => "find image",
        PackStage.BuildImage => "build image",
        PackStage.StartAdapter => "start adapter",
        PackStage.Describe => "describe",
        PackStage.Push => "push",
        PackStage.Confirm => "confirm",
        PackStage.Verify => "verify",
        PackStage.PullImage => "pull image",
        PackStage.Sign => "sign",
        PackStage.WritePak => "write pak",
        PackStage.Attach => "attach pak",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    /// <summary>What a failure of the stage means, unless the failure says it itself.</summary>
    internal static PackFailure Failure(this PackStage stage) => stage switch
    {
        PackStage.ReadProject or PackStage.Describe => PackFailure.Validation,
        PackStage.CheckRegistry or PackStage.FindImage or PackStage.Push or PackStage.Confirm or PackStage.Sign or PackStage.Attach => PackFailure.Push,
        PackStage.Verify or PackStage.PullImage => PackFailure.Verify,
        _ => PackFailure.Build,
    };
}
