using Berth.Oci;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>All that is known of a pak before anything is built, checked.</summary>
/// <param name="UsesDefaultRegistry">The pak names no registry.</param>
/// <param name="Time">Of every entry in the pak and in the build's context.</param>
internal sealed record PackPlan(
    PackProject Project, Repositories Repositories, bool UsesDefaultRegistry, PakContent Content, DescribeStep Describe, DateTimeOffset Time)
{
    /// <exception cref="PackException">Something is missing or wrong.</exception>
    public static PackPlan Of(PackProject project, Repositories repositories, PackOptions options, Action<string> note)
    {
        var time = PakTime.From(options.SourceDateEpoch);
        var useDefault = options.UseDefaultRegistry || project.Config.UseDefaultRegistry;
        if (useDefault)
            note("the pak will name no registry: it works only where an administrator has set the appliance's default registry to one with the image");
        else if (repositories.Pull.Registry.IsLoopback)
            note($"the pak will name {repositories.Pull.Registry}, which is this machine alone: an appliance would look for the image on itself");
        if (options.Platform != Platform.CloudProxy)
            note($"the image is to be for {options.Platform}; a Cloud Proxy of today runs {Platform.CloudProxy} only");
        return new PackPlan(project, repositories, useDefault, new PakContent(project, static _ => { }), new DescribeStep(project), time);
    }
}
