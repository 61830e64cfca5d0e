using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Berth.Oci.Tests;

/// <summary>Holds the arrows between the parts and the rules of the source. Whoever adds an arrow changes this table and says why.</summary>
public sealed partial class ArchitectureTests
{
    private const int MostLines = 400;

    /// <summary>What each project may reference: other projects, and packages.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Berth.Oci"] = [],
        ["Berth.Registry"] = ["Berth.Oci", "Microsoft.Extensions.Logging.Abstractions"],
        ["Berth.Server"] =
        [
            "Berth.Registry", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.provider.e_sqlite3", "SQLitePCLRaw.lib.e_sqlite3",
            "System.CommandLine", "Microsoft.IdentityModel.JsonWebTokens", "BCrypt.Net-Next",
            "OpenTelemetry.Exporter.Prometheus.AspNetCore",
        ],
        ["Berth.Packaging"] = ["Berth.Oci", "Docker.DotNet.Enhanced", "SSH.NET"],
        ["mp-build"] = ["Berth.Packaging", "Spectre.Console", "System.CommandLine"],
        ["mp-install"] = ["Berth.Packaging", "System.CommandLine"],
    };

    private static readonly string[] Executables = ["Berth.Server", "mp-build", "mp-install"];

    private static string Root { get; } = FindRoot();

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Relative).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{project} is not in the table of projects");
        var document = XDocument.Load(Path.Combine(Root, project));
        var arrows = document.Descendants("ProjectReference").Select(to => Path.GetFileNameWithoutExtension(to.Attribute("Include")!.Value))
            .Concat(document.Descendants("PackageReference").Select(to => to.Attribute("Include")!.Value));
        foreach (var arrow in arrows)
            Assert.True(allowed.Contains(arrow), $"{project} must not reference {arrow}");
    }

    [Fact]
    public void The_parsed_values_know_neither_client_nor_network_nor_disk() => NoMention(
        Sources("Berth.Oci").Where(file => Path.GetDirectoryName(file) == Path.Combine("src", "Berth.Oci")),
        "Berth.Oci.Client", "System.Net.Http", "HttpClient", "System.IO.File", "File.", "Directory.", "FileStream");

    [Fact]
    public void The_rules_of_the_registry_know_neither_web_nor_database_nor_disk() => NoMention(
        Sources("Berth.Registry"), "Microsoft.AspNetCore", "Microsoft.Data.Sqlite", "System.Net.Http", "HttpClient", "System.IO.File", "File.", "FileStream");

    [Fact]
    public void Only_executables_talk_to_the_console() => NoMention(
        Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>().Except(Executables).SelectMany(Sources), "Console.");

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        foreach (var file in AllSources())
        {
            var lines = File.ReadLines(Path.Combine(Root, file)).Count();
            Assert.True(lines <= MostLines, $"{file} has {lines} lines, {MostLines} are allowed");
        }
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        foreach (var file in AllSources())
        {
            var vague = VagueType().Match(File.ReadAllText(Path.Combine(Root, file)));
            Assert.False(vague.Success, $"{file} declares {vague.Groups["name"].Value}: name it after what it does");
        }
    }

    private static void NoMention(IEnumerable<string> files, params string[] words)
    {
        var looked = 0;
        foreach (var file in files)
        {
            looked++;
            var code = Comments().Replace(File.ReadAllText(Path.Combine(Root, file)), "");
            foreach (var word in words)
                Assert.False(Regex.IsMatch(code, $@"(?<![\w]){Regex.Escape(word)}"), $"{file} must not use {word.TrimEnd('.')}");
        }

        Assert.True(looked > 0, "no source file was found to look at");
    }

    private static IEnumerable<string> AllSources() =>
        Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>().SelectMany(Sources);

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories).Select(Relative)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Berth.slnx")))
                return directory.FullName;
        }

        throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} has Berth.slnx.");
    }

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?<name>\w*(?:Manager|Helper|Util|Common)\w*)")]
    private static partial Regex VagueType();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();
}
