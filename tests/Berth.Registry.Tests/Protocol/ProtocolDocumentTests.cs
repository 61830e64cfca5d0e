using System.Reflection;
using System.Text.RegularExpressions;

namespace Berth.Registry.Tests.Protocol;

/// <summary>Each rule in docs/protocol.md names the tests that hold it.</summary>
public sealed partial class ProtocolDocumentTests
{
    private const string Chapters = "ABCDEFGHIJ";

    private static readonly string[] TableHead = ["| Rule | Held by |", "| --- | --- |"];

    private static string[] Lines { get; } = File.ReadAllLines(Path.Combine(Root(), "docs", "protocol.md"));

    /// <summary>Rows of the tables, without their heads.</summary>
    public static TheoryData<string> Rules => [.. Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Except(TableHead)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_held_by_tests_that_there_are(string rule)
    {
        var cells = rule.Split(" | ");
        Assert.True(cells.Length is 2, $"two columns are expected: {rule}");
        var names = TestName().Matches(cells[1]).Select(match => match.Groups["name"].Value).ToList();
        Assert.True(names.Count > 0, $"no test is named: {rule}");
        Assert.All(names, name => Assert.True(IsTest(name), $"there is no test {name}"));
    }

    [Fact]
    public void Every_chapter_has_rules()
    {
        foreach (var chapter in Chapters)
        {
            var rules = Lines.SkipWhile(line => !line.StartsWith($"## {chapter}. ", StringComparison.Ordinal)).Skip(1)
                .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Count(line => line.Contains('`'));
            Assert.True(rules >= 3, $"chapter {chapter} has {rules} rules");
        }
    }

    private static bool IsTest(string name)
    {
        var dot = name.LastIndexOf('.');
        var types = typeof(ProtocolDocumentTests).Assembly.GetTypes()
            .Where(type => type.FullName!.EndsWith($".{name[..dot]}", StringComparison.Ordinal)).ToList();
        var method = types is [var only] ? only.GetMethod(name[(dot + 1)..], BindingFlags.Public | BindingFlags.Instance) : null;
        return method?.GetCustomAttributes<FactAttribute>().Any() is true;
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Berth.slnx")))
            directory = directory.Parent ?? throw new InvalidOperationException(
                $"No directory above {AppContext.BaseDirectory} has Berth.slnx.");
        return directory.FullName;
    }

    [GeneratedRegex(@"`(?<name>\w+\.\w+\.\w+)`")]
    private static partial Regex TestName();
}
