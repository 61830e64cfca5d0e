using Berth.MpBuild;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Build;

/// <summary>What a person at a terminal is asked, and what is no longer asked with --no-ttl.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Question = "Repository that the appliance pulls the image from";

    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task The_repository_is_asked_for_until_the_answer_is_one()
    {
        using var session = Start();
        await session.AnswerAsync(Question, "https://127.0.0.1:9/a");
        await session.AnswerAsync("write 127.0.0.1:9/a", "127.0.0.1:9/a");

        Assert.Equal(ExitCodes.Build, await session.EndAsync());
        Assert.Contains("nothing listens at 127.0.0.1:9", session.Seen, StringComparison.Ordinal);
        Assert.False(File.Exists(_project.Path("config.json")));
    }

    [Fact]
    public async Task The_suggestion_is_made_of_the_settings_of_the_SDK_and_the_adapters_key()
    {
        _project.Write(".vmware-aria-operations-integration-sdk/config.json", """{"default_container_registry_path":"127.0.0.1:9/packs/"}""");
        using var session = Start();
        await session.AnswerAsync("(127.0.0.1:9/packs/myadapter)", "");

        await session.EndAsync();

        Assert.Contains("nothing listens at 127.0.0.1:9", session.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_ttl_asks_nothing_and_names_the_flag_also_at_a_terminal()
    {
        using var session = Start("--no-ttl");

        Assert.Equal(ExitCodes.Usage, await session.EndAsync());
        Assert.DoesNotContain(Question, session.Seen, StringComparison.Ordinal);
        Assert.Contains("give it with -r HOST/PATH", session.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[?25l", session.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_project_the_known_ones_are_offered_and_another_can_be_named()
    {
        using var elsewhere = new TempDirectory();
        elsewhere.Write(".vmware-aria-operations-integration-sdk/config.json", $$"""{"projects":["{{_project.FullPath}}","/nowhere"]}""");
        using var session = TerminalSession.Start(elsewhere.FullPath, ["-r", "127.0.0.1:9/a"], NoEngine);
        await session.AnswerAsync("another directory", "");

        await session.EndAsync();

        Assert.Contains("MyAdapter 1.2.3", session.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("/nowhere", session.Seen, StringComparison.Ordinal);
        Assert.True(File.Exists(_project.Path("logs/build.log")));
    }

    [Fact]
    public async Task A_wrong_path_is_an_error_and_no_reason_to_ask()
    {
        using var session = Start("-p", "nowhere");

        Assert.Equal(ExitCodes.Usage, await session.EndAsync());
        Assert.Contains("there is no such directory", session.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_at_a_question_ends_it()
    {
        using var session = Start();
        await session.AnswerAsync(Question, "\x03");

        Assert.Equal(ExitCodes.Interrupted, await session.EndAsync());
    }

    private (string, string?) NoEngine => ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}");

    private TerminalSession Start(params string[] arguments) => TerminalSession.Start(_project.FullPath, arguments, NoEngine);
}
