using Berth.MpBuild;
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
        Assert.Contains($"mp-build ERROR {Assert.Single(result.Problems)}\n", log, StringComparison.Ordinal);
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
        Assert.Contains("There is no container engine", Assert.Single(result.Problems), StringComparison.Ordinal);
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

        using (var log = new BuildLog(new ConsoleObserver(heard), TimeProvider.System, new StreamWriter("/dev/full") { AutoFlush = true }))
        {
            log.Note("one");
            log.Output("two");
        }

        Assert.Equal("note: one\n  | two\n", heard.ToString());
    }

    private Task<MpBuild.Result> RunAsync() =>
        MpBuild.RunAsync(_project.FullPath, ["-r", "h.example/a"], ("DOCKER_HOST", $"unix://{_project.Path("no.sock")}"));
}
