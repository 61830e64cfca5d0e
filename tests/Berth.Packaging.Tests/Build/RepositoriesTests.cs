using Berth.Packaging.Build;
using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Build;

public sealed class RepositoriesTests
{
    [Theory]
    [InlineData("a.example/x", null, null, null, "a.example/x", "a.example/x")]
    [InlineData(null, null, "c.example/x", null, "c.example/x", "c.example/x")]
    [InlineData("", "", "c.example/x", null, "c.example/x", "c.example/x")]
    [InlineData("a.example/x", null, "c.example/x", null, "a.example/x", "a.example/x")]
    [InlineData("a.example/x", "b.example/x", null, null, "a.example/x", "b.example/x")]
    [InlineData("a.example/x", null, null, "d.example/x", "a.example/x", "d.example/x")]
    [InlineData("a.example/x", "", null, "d.example/x", "a.example/x", "d.example/x")]
    [InlineData("a.example/x", "b.example/x", "c.example/x", "d.example/x", "a.example/x", "b.example/x")]
    [InlineData("ns/x", null, null, null, "docker.io/ns/x", "docker.io/ns/x")]
    [InlineData("localhost:5000/foo", null, null, null, "localhost:5000/foo", "localhost:5000/foo")]
    [InlineData(" ", "\t", "c.example/x", null, "c.example/x", "c.example/x")]
    public void The_command_line_goes_before_config_json_and_pushing_follows_pulling(
        string? pull, string? push, string? configPull, string? configPush, string expectedPull, string expectedPush)
    {
        var resolved = Resolve(pull, push, configPull, configPush);

        Assert.Equal((expectedPull, expectedPush), (resolved.Pull.ToString(), resolved.Push.ToString()));
    }

    [Theory]
    [InlineData(null, null, null, "-r HOST/PATH")]
    [InlineData(null, "b.example/x", null, "-r HOST/PATH")]
    [InlineData("https://a.example/x", null, null, "-r: 'https://a.example/x' is a URL; write a.example/x")]
    [InlineData("a.example/x:1.0", null, null, "-r: 'a.example/x:1.0' has a tag")]
    [InlineData("a.example/X", null, null, "write a.example/x")]
    [InlineData("a.example", null, null, "names a registry but no repository")]
    [InlineData("a.example/x", "b.example/x:1", null, "--push-registry: ")]
    [InlineData(null, null, "http://a.example/x", "container_repository in config.json: ")]
    public void What_is_missing_or_no_repository_is_named_with_its_source(string? pull, string? push, string? configPull, string expected)
    {
        var e = Assert.Throws<PackException>(() => Resolve(pull, push, configPull, null));

        Assert.Equal(PackFailure.Usage, e.Failure);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "p.example/x", "p.example/x")]
    [InlineData("b.example/x", null, "p.example/x", "b.example/x")]
    [InlineData(null, "d.example/x", "p.example/x", "d.example/x")]
    public void What_is_named_to_push_to_stays_when_the_repository_to_pull_from_is_answered(
        string? push, string? configPush, string expectedPull, string expectedPush)
    {
        var questions = new Answers("p.example/x");

        var resolved = Resolve(null, push, null, configPush, questions);

        Assert.Equal((expectedPull, expectedPush, true), (resolved.Pull.ToString(), resolved.Push.ToString(), resolved.WasAnswered));
        Assert.Equal("suggested.example/mine", questions.Suggestion);
    }

    [Theory]
    [InlineData("a.example/x", null)]
    [InlineData(null, "c.example/x")]
    public void Nothing_is_asked_where_a_repository_is_named(string? pull, string? configPull)
    {
        var questions = new Answers("p.example/x");

        var resolved = Resolve(pull, null, configPull, null, questions);

        Assert.False(resolved.WasAnswered);
        Assert.Equal(0, questions.Asked);
    }

    [Fact]
    public void A_wrong_answer_is_refused_with_the_form_that_is_right()
    {
        var questions = new Answers("p.example/x");
        Resolve(null, null, null, null, questions);

        Assert.Contains("write p.example/x", questions.ProblemOf!("https://p.example/x"), StringComparison.Ordinal);
        Assert.Null(questions.ProblemOf!("p.example/x"));
    }

    private static Repositories Resolve(
        string? pull, string? push, string? configPull, string? configPush, IPackQuestions? questions = null) => Repositories.Resolve(
        new PackOptions { Repository = pull, PushRepository = push },
        PackConfig.Default with { ContainerRepository = configPull, PushRepository = configPush },
        questions ?? NoQuestions.Instance,
        "suggested.example/mine");
}
