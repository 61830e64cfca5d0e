namespace Berth.Packaging.Engine;

/// <summary>Labels of the containers that the tools start.</summary>
/// <remarks>A crashed run's leftovers are found with <c>docker ps -a --filter label=berth.tool</c>.</remarks>
internal static class ContainerLabels
{
    /// <summary>The tool that started it: mp-install or mp-build.</summary>
    public const string Tool = "berth.tool";

    public const string AdapterKind = "berth.adapter-kind";

    /// <summary>The reference of the image, when it has one.</summary>
    public const string Image = "berth.image";
}
