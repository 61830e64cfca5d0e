using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>Where the appliance pulls from, and where the build pushes to. Only the first ever gets into a pak.</summary>
internal sealed record Repositories(Reference Pull, Reference Push)
{
    /// <summary>Command line before config.json; where nothing else is said, both are the same.</summary>
    /// <exception cref="PackException">None is named, or one is not a repository.</exception>
    public static Repositories Resolve(PackOptions options, PackConfig config)
    {
        var pull = Parse("-r", options.Repository) ?? Parse("container_repository in config.json", config.ContainerRepository)
            ?? throw new PackException(
                PackFailure.Usage,
                "no repository is named that the appliance pulls from: give it with -r HOST/PATH, or set container_repository in config.json");
        var push = Parse("--push-registry", options.PushRepository)
            ?? Parse("container_push_repository in config.json", config.PushRepository)
            ?? pull;
        return new Repositories(pull, push);
    }

    private static Reference? Parse(string source, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return Reference.TryParseRepository(text, out var repository, out var problem)
            ? repository
            : throw new PackException(PackFailure.Usage, $"{source}: {problem}");
    }
}
