using Berth.Chain.Tests.Running;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Build;

/// <summary>Which login a build pushes with: standard input before the option before the environment before the stored one, then a question.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private const string Wrong = "wrong-wrong-wrong";

    private readonly ProjectDirectory _project = new();
    private BerthServer? _berth;
    private Login? _login;

    public async ValueTask InitializeAsync()
    {
        _berth = await BerthServer.StartAsync(_project.Path("data"));
        _login = await _berth.AddUserAsync("pusher");
    }

    public async ValueTask DisposeAsync()
    {
        await _berth!.DisposeAsync();
        _project.Dispose();
    }

    [Theory]
    [InlineData("input", "option")]
    [InlineData("option", "environment")]
    [InlineData("environment", "store")]
    [InlineData("store", null)]
    public async Task The_first_place_with_a_password_counts(string right, string? wrong)
    {
        var push = await TryAsync(right, wrong);

        Assert.Contains("push ok", push.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_login!.Password, push.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input", "environment", "from --registry-username and standard input is refused")]
    [InlineData("option", "environment", "from --registry-username and --registry-password is refused")]
    [InlineData("environment", "store", "from --registry-username and MP_BUILD_REGISTRY_PASSWORD is refused")]
    [InlineData("store", null, "config.json is refused")]
    public async Task A_wrong_password_there_is_an_error_that_names_the_place_and_no_reason_to_look_further(string wrong, string? right, string expected)
    {
        var push = await TryAsync(right, wrong);

        Assert.Contains("push failed", push.Error, StringComparison.Ordinal);
        Assert.Contains("the login of 'pusher' from ", push.Error, StringComparison.Ordinal);
        Assert.Contains(expected, push.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, push.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_counts_at_the_next_run()
    {
        Store(Wrong);
        Assert.Contains("push failed", (await RunAsync([])).Error, StringComparison.Ordinal);
        Store(_login!.Password);

        Assert.Contains("push ok", (await RunAsync([])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_terminal_a_refused_login_is_asked_for()
    {
        using var session = TerminalSession.Start(_project.FullPath, ["-r", Repository], NoEngine);
        await session.AnswerAsync("User at", "pusher");
        await session.AnswerAsync("Password:", Wrong);
        await session.AnswerAsync("User at", "pusher");
        await session.AnswerAsync("Password:", _login!.Password);

        await session.EndAsync();

        Assert.Contains("push ok", session.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(_login.Password, session.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(_login.Password, File.ReadAllText(_project.Path("logs/build.log")), StringComparison.Ordinal);
        Assert.False(File.Exists(_project.Path("config.json")));
    }

    private string Repository => $"{_berth!.Host}/packs/mine";

    private (string, string?) NoEngine => ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}");

    /// <param name="right">The place that has the right password; null: none.</param>
    /// <param name="wrong">The place that has a wrong one.</param>
    private async Task<MpBuild.Result> TryAsync(string? right, string? wrong)
    {
        string? At(string place) => right == place ? _login!.Password : wrong == place ? Wrong : null;
        var arguments = new List<string>();
        if (At("input") is not null)
            arguments.Add("--password-stdin");
        else if (At("option") is { } option)
            arguments.AddRange(["--registry-password", option]);
        if (At("input") is not null || At("option") is not null || At("environment") is not null)
            arguments.AddRange(["--registry-username", "pusher"]);
        if (At("store") is { } stored)
            Store(stored);
        return await RunAsync([.. arguments], At("input"), At("environment"));
    }

    private async Task<MpBuild.Result> RunAsync(string[] arguments, string? input = null, string? password = null)
    {
        using var run = MpBuild.Start(
            _project.FullPath, ["-r", Repository, .. arguments], NoEngine,
            ("MP_BUILD_REGISTRY_PASSWORD", password), ("DOCKER_CONFIG", _project.Path("docker")));
        await run.WriteInputAsync(input is null ? "" : $"{input}\n");
        return await run.EndAsync();
    }

    private void Store(string password) =>
        _project.Write("docker/config.json", (_login! with { Password = password }).DockerConfig(_berth!.Host));
}
