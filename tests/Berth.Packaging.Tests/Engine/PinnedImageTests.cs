using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class PinnedImageTests
{
    private static readonly Digest Digest = Digest.Of("x"u8);

    [Theory]
    [InlineData("reg:5000/a/b", "reg:5000/a/b", true)]
    [InlineData("reg:5000/a/b", "reg/a/b", false)]
    [InlineData("reg:5000/a/b", "a/b", false)]
    [InlineData("docker.io/team/b", "team/b", true)]
    [InlineData("docker.io/team/b", "docker.io/team/b", true)]
    [InlineData("docker.io/library/b", "b", true)]
    [InlineData("docker.io/team/b", "b", false)]
    public void Only_its_own_name_at_its_own_digest_names_it(string repository, string named, bool expected)
    {
        var image = new PinnedImage(repository, Digest);

        Assert.Equal(expected, image.IsNamedBy($"{named}@{Digest}"));
        Assert.False(image.IsNamedBy($"{named}@{Digest.Of("y"u8)}"));
    }
}
