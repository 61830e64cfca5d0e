using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>The pak that a describe.xml is for.</summary>
/// <param name="Project">Full path of the project's directory.</param>
internal sealed record DescribeTarget(string Project, PackManifest Manifest);
