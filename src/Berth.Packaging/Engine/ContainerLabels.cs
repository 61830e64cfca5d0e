namespace Berth.Packaging.Engine;

/// <summary>Labels of the containers that the tools start.</summary>
/// <remarks>A crashed run's leftovers are found with <c>docker ps -a --filter label=berth.tool</c>.</remarks>
internal static class ContainerLabels
{
    /// <summary>The tool that started it: mp-install or mp-build.</summary>
    public const string Tool = "berth.tool";

    /// <summary>The process that started it (<see cref="ProcessMark"/>), so that what a killed one left can be told from what is in use.</summary>
    public const string Process = "berth.process";

    public const string AdapterKind = "berth.adapter-kind";

    /// <summary>The reference of the image, when it has one.</summary>
    public const string Image = "berth.image";
}
