using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>All that is known of a pak before anything is built, checked.</summary>
/// <param name="Time">Of every entry in the pak and in the build's context.</param>
internal sealed record PackPlan(PackProject Project, Repositories Repositories, PakContent Content, DescribeStep Describe, DateTimeOffset Time)
{
    /// <exception cref="PackException">Something is missing or wrong.</exception>
    public static PackPlan Read(PackOptions options, Action<string> note)
    {
        var time = PakTime.From(options.SourceDateEpoch);
        var project = PackProject.Open(options.Project);
        var repositories = Repositories.Resolve(options, project.Config);
        if (UsesDefaultRegistry(options, project))
            note("the pak will name no registry: it works only where an administrator has set the appliance's default registry to one that holds the image");
        return new PackPlan(project, repositories, new PakContent(project, note), new DescribeStep(project), time);
    }

    public static bool UsesDefaultRegistry(PackOptions options, PackProject project) => options.UseDefaultRegistry || project.Config.UseDefaultRegistry;
}
