using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>Where the appliance pulls from, and where the build pushes to. Only the first ever gets into a pak.</summary>
/// <param name="WasAnswered">Where the appliance pulls from was asked of the person.</param>
internal sealed record Repositories(Reference Pull, Reference Push, bool WasAnswered = false)
{
    private const string PullSetting = "container_repository in config.json";

    /// <summary>
    /// Command line before config.json before the person's answer; where nothing is said of the push, both are the same. What is named
    /// to push to stays whatever is answered.
    /// </summary>
    /// <param name="suggestion">What to offer where a question is asked; null: nothing.</param>
    /// <exception cref="PackException">None is named, or one is not a repository.</exception>
    public static Repositories Resolve(PackOptions options, PackConfig config, IPackQuestions questions, string? suggestion)
    {
        var pushNamed = Parse("--push-registry", options.PushRepository)
            ?? Parse("container_push_repository in config.json", config.PushRepository);
        var pull = Parse("-r", options.Repository) ?? Parse(PullSetting, config.ContainerRepository);
        var answered = pull is null;
        pull ??= Parse("the answer", questions.Repository(suggestion, ProblemOf)) ?? throw Missing();
        return new Repositories(pull, pushNamed ?? pull, answered);
    }

    private static PackException Missing() => new(
        PackFailure.Usage, "no repository is named that the appliance pulls from: give it with -r HOST/PATH, or set container_repository in config.json");

    private static string? ProblemOf(string text) => Reference.TryParseRepository(text, out _, out var problem) ? null : problem;

    private static Reference? Parse(string source, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return Reference.TryParseRepository(text, out var repository, out var problem)
            ? repository
            : throw new PackException(PackFailure.Usage, $"{source}: {problem}");
    }
}
