using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Project;

public sealed class PropertiesFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("a=1", "a", "1")]
    [InlineData("  a  =  1 2  ", "a", "1 2")]
    [InlineData("a:1=2", "a", "1=2")]
    [InlineData("a\\=b = 1", "a\\=b", "1")]
    [InlineData("a = 1 \\\r\n   2 \\\n 3\nb = 4", "a", "1 2 3")]
    [InlineData("a = 1 \\\n# no comment = here", "a", "1 # no comment = here")]
    [InlineData("a = ends with \\\\\nb = 2", "b", "2")]
    [InlineData("a = 1\\", "a", "1")]
    public void A_line_is_a_key_and_a_text(string text, string key, string expected)
    {
        _directory.Write("x.properties", text);
        var findings = new Findings();

        Assert.Equal(expected, PropertiesFile.Read(_directory.FullPath, "x.properties", findings)?[key]);
        Assert.Empty(findings.ToReport().Problems);
    }

    [Fact]
    public void A_problem_after_lines_that_go_on_has_its_own_line()
    {
        _directory.Write("x.properties", "a = 1 \\\n 2\nnonsense\n");
        var findings = new Findings();

        PropertiesFile.Read(_directory.FullPath, "x.properties", findings);

        Assert.StartsWith("x.properties: line 3: 'nonsense'", Assert.Single(findings.ToReport().Problems), StringComparison.Ordinal);
    }
}
