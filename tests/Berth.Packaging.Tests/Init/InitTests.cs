using System.Text;
using Berth.MpBuild;
using Berth.Packaging.Init;
using Berth.Packaging.Project;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Init;

public sealed class InitTests : IDisposable
{
    private static readonly string[] Needed = ["--name", "My Pack", "--description", "What it does", "--vendor", "Größe & Co."];

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_new_project_has_neither_problems_nor_notes()
    {
        var result = await RunAsync(["init", "new/project", .. Needed]);

        Assert.Equal((0, Made), (result.ExitCode, result.Output.TrimEnd()));
        var report = ProjectCheck.Run(Made);
        Assert.Empty(report.Problems);
        Assert.Empty(report.Notes);
    }

    [Fact]
    public async Task It_has_the_names_it_was_given_and_none_of_the_template_s()
    {
        await RunAsync(["init", "new/project", "--repository", "h.example:5000/team/mine", .. Needed]);

        var project = PackProject.Open(Made);
        Assert.Equal(("MyPack", "iSDK_MyPack"), (project.Manifest.AdapterKind, project.Manifest.Name));
        Assert.Equal("h.example:5000/team/mine", project.Config.ContainerRepository);
        Assert.Equal("DISPLAY_NAME=My Pack\nDESCRIPTION=What it does\nVENDOR=Größe & Co.\n", Read("resources/resources.properties"));
        Assert.Contains("namespace MyPack.Definition;", Read("adapter/Definition/MyPackAdapter.cs"), StringComparison.Ordinal);
        Assert.Contains("\"mypack_adapter_instance\"", Read("adapter/Definition/MyPackAdapter.cs"), StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"/mypack\"]", Read("Dockerfile"), StringComparison.Ordinal);
        Assert.True(File.Exists(InMade("conf/images/AdapterKind/MyPack.svg")));
        Assert.True(File.Exists(InMade("conf/images/ResourceKind/mypack_adapter_instance.svg")));
        foreach (var file in Directory.EnumerateFiles(Made, "*", SearchOption.AllDirectories))
        {
            var text = Path.GetRelativePath(Made, file) + (file.EndsWith(".png", StringComparison.Ordinal) ? "" : File.ReadAllText(file));
            Assert.DoesNotMatch("(?i)host.?watch|berth", text);
        }
    }

    [Fact]
    public async Task Its_README_has_the_next_three_commands()
    {
        await RunAsync(["init", "new/project", "--repository", "h.example:5000/team/mine", .. Needed]);

        var readme = Read("README.md");

        Assert.StartsWith("# My Pack\n", readme, StringComparison.Ordinal);
        Assert.Contains("\n./publish.sh ", readme, StringComparison.Ordinal);
        Assert.Contains("\nmp-build -p . -r h.example:5000/team/mine\n", readme, StringComparison.Ordinal);
        Assert.Contains("\nmp-install build/MyPack_1.0.0.pak --connection connections.example.json\n", readme, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(InMade("publish.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.Superset(
            new HashSet<string> { "logs", "build", "connections.json", "bin", "obj" }, File.ReadLines(InMade(".gitignore")).ToHashSet());
        Assert.False(Directory.Exists(InMade(".git")));
    }

    [Fact]
    public async Task Licence_and_icon_are_taken_as_they_are()
    {
        var icon = ProjectDirectory.Png(256, 256);
        _directory.Write("mine.png", icon);
        _directory.Write("LICENSE", "Host Watch is not renamed here.\r\n");

        var result = await RunAsync(["init", "new/project", "--eula", "LICENSE", "--icon", _directory.Path("mine.png"), "--key", "Other", .. Needed]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("Host Watch is not renamed here.\r\n", Read("eula.txt"));
        Assert.Equal(icon, File.ReadAllBytes(InMade("icon.png")));
        Assert.Equal("Other", PackProject.Open(Made).Manifest.AdapterKind);
    }

    [Theory]
    [InlineData("7 Days", "Adapter7Days")]
    [InlineData("Größe_2", "Gre_2")]
    [InlineData("天気", null)]
    [InlineData("__", "__")]
    public void A_key_follows_from_the_name(string name, string? expected)
    {
        Assert.Equal(expected, AnswerRules.KeyFrom(name));
    }

    [Fact]
    public async Task All_that_is_missing_is_said_at_once_and_nothing_is_made()
    {
        var result = await RunAsync(["init", "new/project"]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Equal(
            ["--name is missing: name that the platform shows", "--description is missing: what it does, in one line", "--vendor is missing: vendor"],
            result.Problems);
        Assert.False(Directory.Exists(_directory.Path("new")));
    }

    [Theory]
    [InlineData("--name", " ", "--name ' ': 1 to 200 characters are expected")]
    [InlineData("--vendor", "a\nb", "--vendor 'a?b': one line without control characters is expected")]
    [InlineData("--key", "7a", "--key '7a': letters, digits and '_' are expected, not starting with a digit")]
    [InlineData("--key", "a-b", "--key 'a-b': letters, digits and '_' are expected")]
    [InlineData("--repository", "h.example/a:1", "--repository 'h.example/a:1': ")]
    [InlineData("--icon", "none.png", "--icon none.png: cannot be read: ")]
    [InlineData("--icon", "small.png", "--icon small.png: is a PNG of 255x256; 256x256 is expected")]
    [InlineData("--icon", "vector.svg", "--icon vector.svg: is an SVG, which the platform refuses")]
    [InlineData("--eula", "blank.txt", "--eula blank.txt: is blank")]
    public async Task A_wrong_answer_names_its_flag_and_nothing_is_made(string flag, string value, string expected)
    {
        _directory.Write("small.png", ProjectDirectory.Png(255, 256));
        _directory.Write("vector.svg", "<svg/>");
        _directory.Write("blank.txt", " \n");

        var result = await RunAsync(["init", "new/project", .. Needed.Where((_, i) => Needed[i - (i % 2)] != flag), flag, value]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith(expected, Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.Path("new")));
    }

    [Fact]
    public async Task A_directory_with_something_in_it_is_left_as_it_is()
    {
        _directory.Write("full/mine", "x");

        var result = await RunAsync(["init", "full", .. Needed]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("is not empty: it has mine", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.Equal([_directory.Path("full/mine")], Directory.EnumerateFileSystemEntries(_directory.Path("full")));
    }

    [Fact]
    public async Task The_current_directory_is_taken_when_it_is_empty()
    {
        Directory.CreateDirectory(Made);

        using var run = Build.MpBuild.Start(Made, ["init", "--no-ttl", .. Needed]);
        await run.WriteInputAsync("");

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
        Assert.Empty(ProjectCheck.Run(Made).Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repository_has_one_commit_of_everything(bool hasIdentity)
    {
        // Nothing of the person's own configuration, and no guess at who it is.
        _directory.Write("gitconfig", hasIdentity ? "[user]\nname = a\nemail = a@example\n" : "[user]\nuseConfigOnly = true\n");
        Directory.CreateDirectory(_directory.Path("new"));

        var result = await RunAsync(
            ["init", "new/project", "--git", .. Needed], ("GIT_CONFIG_GLOBAL", _directory.Path("gitconfig")), ("GIT_CONFIG_SYSTEM", "/dev/null"));

        Assert.Equal(hasIdentity ? 0 : ExitCodes.Usage, result.ExitCode);
        Assert.Equal(hasIdentity, File.Exists(InMade(".git/refs/heads/master")) || File.Exists(InMade(".git/refs/heads/main")));
        if (hasIdentity)
            return;
        Assert.StartsWith("git commit failed: ", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path("new")));
    }

    [Theory]
    [InlineData("Connection", "namespace ConnectionPack;")]
    [InlineData("class", "namespace classPack;")]
    [InlineData("SYSTEM", "namespace SYSTEMPack;")]
    [InlineData("Systems", "namespace Systems;")]
    public async Task A_key_that_means_something_to_the_compiler_is_no_namespace(string key, string expected)
    {
        await RunAsync(["init", "new/project", "--key", key, .. Needed]);

        Assert.Contains(expected, Read("adapter/Connection.cs"), StringComparison.Ordinal);
        Assert.Equal(key, PackProject.Open(Made).Manifest.AdapterKind);
        Assert.Contains($"Kind = \"{key}\";", File.ReadAllText(Assert.Single(Directory.GetFiles(InMade("adapter/Definition"), "*Adapter.cs"))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_is_answered_in_order_and_suggestions_are_taken()
    {
        var questions = new Answers("My Pack", null, "Does", "Me", null);

        var answers = InitAnswers.Collect(new InitOptions { Directory = "x" }, questions);

        Assert.Equal(("My Pack", "MyPack", "Does", "Me", null), (answers.Name, answers.Key, answers.Description, answers.Vendor, answers.Repository));
        Assert.Equal(["", "MyPack", "", "", "(none)"], questions.Suggestions);
    }

    private string Made => _directory.Path("new/project");

    private string InMade(string path) => Path.Combine(Made, path);

    private string Read(string path) => File.ReadAllText(InMade(path), Encoding.UTF8);

    private Task<Build.MpBuild.Result> RunAsync(string[] arguments, params (string Name, string? Value)[] environment) =>
        Build.MpBuild.RunAsync(_directory.FullPath, arguments, environment);

    /// <summary>Answers in the order of the questions; null takes what is suggested.</summary>
    private sealed class Answers(params string?[] answers) : IInitQuestions
    {
        private int _asked;

        public List<string> Suggestions { get; } = [];

        public string? Ask(string question, string? suggestion, Func<string, string?> problemOf)
        {
            Suggestions.Add(suggestion switch { null => "", "" => "(none)", _ => suggestion });
            return answers[_asked++] ?? suggestion;
        }
    }
}
