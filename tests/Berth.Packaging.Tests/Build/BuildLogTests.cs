using Berth.MpBuild.Terminal;
using Berth.Packaging.Build;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Build;

public sealed class BuildLogTests : IDisposable
{
    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_build_that_fails_leaves_a_log_that_says_why()
    {
        var result = await RunAsync();

        var log = await File.ReadAllTextAsync(_project.Path("logs/build.log"), TestContext.Current.CancellationToken);
        Assert.Matches(@"^\d\d:\d\d:\d\d,\d\d\d mp-build INFO read project ok after [0-9.]+ s ", log);
        Assert.All(result.Problems, problem => Assert.Contains($"mp-build ERROR {problem}\n", log, StringComparison.Ordinal));
        Assert.Contains(result.Problems, problem => problem.Contains("There is no container engine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_earlier_logs_are_kept()
    {
        _project.Write("logs/build.log", "newest");
        for (var number = 1; number <= 5; number++)
            _project.Write($"logs/build.log.{number}", $"{number}");

        await RunAsync();

        Assert.Equal(
            ["newest", "1", "2", "3", "4"],
            Enumerable.Range(1, 5).Select(number => File.ReadAllText(_project.Path($"logs/build.log.{number}"))));
        Assert.Equal(6, Directory.EnumerateFiles(_project.Path("logs")).Count());
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_a_note()
    {
        _project.Write("logs", "a file where the directory would be");

        var result = await RunAsync();

        Assert.Contains("note: there will be no log of this build: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("There is no container engine", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_not_in_the_log()
    {
        await MpBuild.RunAsync(
            _project.FullPath, ["-r", "h.example/a", "--registry-username", "me", "--registry-password", "hunter-2-hunter"],
            ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}"));

        var log = await File.ReadAllTextAsync(_project.Path("logs/build.log"), TestContext.Current.CancellationToken);
        Assert.Contains("WARNING others can read the password", log, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter-2-hunter", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_full_ends_neither_the_build_nor_its_last_words()
    {
        var heard = new StringWriter();

        using (var log = new BuildLog(new PlainObserver(heard, LogLevel.Info), TimeProvider.System, new StreamWriter("/dev/full") { AutoFlush = true }))
        {
            log.Note("one");
            log.Output("two");
        }

        Assert.Equal("note: one\n  | two\n", heard.ToString());
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData("debug", true, true)]
    [InlineData("WARNING", false, true)]
    [InlineData("ERROR", false, false)]
    [InlineData("CRITICAL", false, false)]
    public async Task LOG_LEVEL_says_how_much_is_said_and_written(string? level, bool stages, bool notes)
    {
        var result = await MpBuild.RunAsync(
            _project.FullPath, ["-r", "127.0.0.1:9/a"], ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}"), ("LOG_LEVEL", level));

        var log = await File.ReadAllTextAsync(_project.Path("logs/build.log"), TestContext.Current.CancellationToken);
        Assert.Equal((stages, stages), (result.Error.Contains("read project", StringComparison.Ordinal), log.Contains(" INFO ", StringComparison.Ordinal)));
        Assert.Equal((notes, notes), (result.Error.Contains("note: ", StringComparison.Ordinal), log.Contains(" WARNING ", StringComparison.Ordinal)));
        Assert.Contains(" ERROR ", log, StringComparison.Ordinal);
        Assert.NotEmpty(result.Problems);
    }

    [Fact]
    public async Task A_LOG_LEVEL_that_is_none_is_a_note()
    {
        var result = await MpBuild.RunAsync(_project.FullPath, [], ("LOG_LEVEL", "loud"), ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}"));

        Assert.Contains("note: LOG_LEVEL is none of DEBUG, INFO, WARNING, ERROR or CRITICAL", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stages_are_listed_with_their_times_at_the_end()
    {
        var result = await RunAsync();

        Assert.Matches(@"\n\nread project +ok +\d+\.\d\d s\nengine +failed +\d+\.\d\d s\n(.+\n)+in all +failed +\d+\.\d\d s\nmp-build: ", result.Error);
    }

    private Task<MpBuild.Result> RunAsync() =>
        MpBuild.RunAsync(_project.FullPath, ["-r", "h.example/a"], ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}"));
}
