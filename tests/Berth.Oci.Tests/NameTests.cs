namespace Berth.Oci.Tests;

public sealed class NameTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("team/app")]
    [InlineData("a/b/c/d")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    [InlineData("a__b")]
    [InlineData("a-b")]
    [InlineData("a-----b")]
    [InlineData("a.b_c__d-e")]
    public void A_repository_name_is_read(string text)
    {
        Assert.True(RepositoryName.TryParse(text, out var name));
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("_a")]
    [InlineData("a_")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("a._b")]
    [InlineData("a-_b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("a:b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public void What_is_no_repository_name_is_refused(string text)
    {
        Assert.False(RepositoryName.TryParse(text, out _));
        Assert.Throws<FormatException>(() => RepositoryName.Parse(text));
    }

    [Fact]
    public void A_repository_name_has_at_most_255_characters()
    {
        Assert.True(RepositoryName.TryParse(new string('a', 255), out _));
        Assert.False(RepositoryName.TryParse(new string('a', 256), out _));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("1.0.0_1775481656.061363")]
    [InlineData("_")]
    [InlineData("A-b.C_d")]
    public void A_tag_is_read(string text)
    {
        Assert.True(Tag.TryParse(text, out var tag));
        Assert.Equal(text, tag.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("-a")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("1.0+build")]
    [InlineData("é")]
    [InlineData("a\n")]
    public void What_is_no_tag_is_refused(string text)
    {
        Assert.False(Tag.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Tag.Parse(text));
    }

    [Fact]
    public void A_tag_has_at_most_128_characters_and_its_case_matters()
    {
        Assert.True(Tag.TryParse(new string('a', 128), out _));
        Assert.False(Tag.TryParse(new string('a', 129), out _));
        Assert.NotEqual(Tag.Parse("a"), Tag.Parse("A"));
    }

    [Fact]
    public void A_manifest_is_asked_for_by_tag_or_by_digest()
    {
        Assert.True(ManifestReference.TryParse("latest", out var byTag));
        Assert.Equal(ManifestReference.To(Tag.Parse("latest")), byTag);
        Assert.True(ManifestReference.TryParse(Sha, out var byDigest));
        Assert.Equal(ManifestReference.To(Digest.Parse(Sha)), byDigest);
        Assert.Equal(Sha, byDigest.ToString());
        Assert.False(ManifestReference.TryParse("sha256:abc", out _));
        Assert.False(ManifestReference.TryParse("", out _));
    }
}
