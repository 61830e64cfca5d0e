namespace Berth.Oci.Tests;

public sealed class ReferenceTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("harbor.example.com/proj/a", "harbor.example.com", "proj/a")]
    [InlineData("harbor.example.com:8443/proj/a", "harbor.example.com:8443", "proj/a")]
    [InlineData("10.0.0.5:5000/a", "10.0.0.5:5000", "a")]
    [InlineData("localhost:5000/foo", "localhost:5000", "foo")]
    [InlineData("registry:5000/team/foo", "registry:5000", "team/foo")]
    [InlineData("localhost/foo", "localhost", "foo")]
    [InlineData("[fd00::1]:5000/a", "[fd00::1]:5000", "a")]
    [InlineData("harbor/foo", "docker.io", "harbor/foo")]
    [InlineData("my-ns/repo", "docker.io", "my-ns/repo")]
    [InlineData("foo", "docker.io", "library/foo")]
    [InlineData("docker.io/foo", "docker.io", "library/foo")]
    [InlineData("docker.io/my-ns/repo", "docker.io", "my-ns/repo")]
    [InlineData("index.docker.io/ns/repo", "docker.io", "ns/repo")]
    public void A_repository_is_split_at_its_host(string text, string host, string path)
    {
        Assert.True(Reference.TryParseRepository(text, out var reference, out var problem), problem);
        Assert.Equal(host, reference.Registry.ToString());
        Assert.Equal(path, reference.Repository.ToString());
        Assert.Null(reference.Tag);
        Assert.Null(reference.Digest);
        Assert.Equal($"{host}/{path}", reference.ToString());
    }

    [Theory]
    [InlineData("https://h.example/a", "'https://h.example/a' is a URL; write h.example/a")]
    [InlineData("http://localhost:5000/a/", "'http://localhost:5000/a/' is a URL; write localhost:5000/a")]
    [InlineData("h.example/a:1.0", "'h.example/a:1.0' has a tag, and a repository is asked for; write h.example/a")]
    [InlineData("foo:1.0", "'foo:1.0' has a tag, and a repository is asked for; write foo")]
    [InlineData("h.example/a@" + Sha, "has a digest, and a repository is asked for; write h.example/a")]
    [InlineData("h.example/a:1@" + Sha, "has a digest, and a repository is asked for; write h.example/a")]
    [InlineData("H.example/a", "'H.example/a' has capital letters, on which clients disagree; write h.example/a")]
    [InlineData("h.example/A", "'h.example/A' has capital letters in its path, which must be lower-case; write h.example/a")]
    [InlineData("h.example/a//b", "has no valid path: lower-case letters, digits and single . _ - between them, parts joined by single '/'; write h.example/a/b")]
    [InlineData(" h.example/a", "write h.example/a")]
    [InlineData("h.example/a/", "write h.example/a")]
    [InlineData("h.example", "'h.example' names a registry but no repository in it; write h.example/NAME")]
    [InlineData("h.example/", "'h.example/' names a registry but no repository in it; write h.example/NAME")]
    [InlineData("localhost:5000", "'localhost:5000' names a registry but no repository in it; write localhost:5000/NAME")]
    [InlineData("https://h.example", "'https://h.example' is a URL")]
    [InlineData("", "an image name is empty; HOST/PATH is expected")]
    [InlineData("  ", "an image name is empty; HOST/PATH is expected")]
    public void What_is_no_repository_is_refused_with_what_to_write(string text, string expected)
    {
        Assert.False(Reference.TryParseRepository(text, out var reference, out var problem));
        Assert.Null(reference);
        Assert.EndsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h.example/../a")]
    [InlineData("h.example:0/a")]
    [InlineData("h.example:99999/a")]
    [InlineData("h.example/a\n")]
    [InlineData("h.example/é")]
    [InlineData("h..example/a")]
    [InlineData("h.example/a b")]
    [InlineData("[fd00::1/a")]
    [InlineData("/a")]
    [InlineData("h.example/a@sha256:1234")]
    [InlineData("h.example/a@" + Sha + "@" + Sha)]
    [InlineData("h.example/a:")]
    [InlineData("h.example/a:-x")]
    [InlineData("https://h.example/a")]
    public void What_is_no_reference_is_refused(string text)
    {
        Assert.False(Reference.TryParse(text, out var reference, out var problem));
        Assert.Null(reference);
        Assert.StartsWith("'", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
        Assert.Throws<FormatException>(() => Reference.Parse(text));
    }

    [Fact]
    public void Tag_and_digest_are_read_and_the_digest_is_what_is_asked_for()
    {
        var reference = Reference.Parse($"h.example:5000/team/a:1.0_x@{Sha}");
        Assert.Equal("1.0_x", reference.Tag.ToString());
        Assert.Equal(Sha, reference.Digest.ToString());
        Assert.Equal(Sha, reference.Target.ToString());
        Assert.Equal("h.example:5000/team/a", reference.Name);
        Assert.Equal("latest", Reference.Parse("h.example/a").Target.ToString());
    }

    [Fact]
    public void Tagged_and_At_replace_what_was_pointed_at()
    {
        var digest = Digest.Parse(Sha);
        var reference = Reference.Parse("h.example/a:1");
        Assert.Equal($"h.example/a@{Sha}", reference.At(digest).ToString());
        Assert.Equal("h.example/a:2", reference.At(digest).Tagged(Tag.Parse("2")).ToString());
    }

    [Fact]
    public void Host_and_path_together_have_at_most_255_characters()
    {
        var path = new string('a', 255 - "h.example/".Length);
        Assert.True(Reference.TryParse($"h.example/{path}:tag", out _, out _));
        Assert.False(Reference.TryParse($"h.example/{path}a:tag", out _, out _));
        Assert.False(Reference.TryParse(new string('a', 1_000_000), out _, out _));
    }
}
