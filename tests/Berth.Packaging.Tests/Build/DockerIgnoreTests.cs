using Berth.Packaging.Build;

namespace Berth.Packaging.Tests.Build;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "sub/a.txt", false)]
    [InlineData("/a.txt", "a.txt", true)]
    [InlineData("./a.txt", "a.txt", true)]
    [InlineData("a.txt/", "a.txt", true)]
    [InlineData("sub", "sub/deep/a.txt", true)]
    [InlineData("su", "sub/a.txt", false)]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "sub/a.txt", false)]
    [InlineData("*/a.txt", "sub/a.txt", true)]
    [InlineData("*/*.txt", "sub/deep/a.txt", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("**/a.txt", "a.txt", true)]
    [InlineData("**/a.txt", "sub/deep/a.txt", true)]
    [InlineData("sub/**", "sub/a", true)]
    [InlineData("sub/**/b", "sub/b", true)]
    [InlineData("sub/**/b", "sub/x/y/b", true)]
    [InlineData("[ab].txt", "b.txt", true)]
    [InlineData("[ab].txt", "c.txt", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("a+(b)$", "a+(b)$", true)]
    [InlineData("#a", "#a", false)]
    [InlineData("  a  ", "a", true)]
    [InlineData("a\r", "a", true)]
    [InlineData("\uFEFFa", "a", true)]
    [InlineData("*\n!a", "a", false)]
    [InlineData("!a\n*", "a", true)]
    [InlineData("*\n! a", "a", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("\\#a", "#a", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "any/thing", true)]
    public void A_path_is_ignored_as_Docker_ignores_it(string file, string path, bool ignored) =>
        Assert.Equal(ignored, DockerIgnore.Parse(file).IsIgnored(path));

    [Fact]
    public void A_malformed_pattern_is_named_with_its_line()
    {
        var failure = Assert.Throws<PackException>(() => DockerIgnore.Parse("fine\n[z-a]\n"));
        Assert.Contains(".dockerignore, line 2: '[z-a]'", failure.Message, StringComparison.Ordinal);
    }
}
