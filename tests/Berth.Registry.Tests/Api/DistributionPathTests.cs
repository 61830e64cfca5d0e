using Berth.Oci;
using Berth.Server.Api;

namespace Berth.Registry.Tests.Api;

public sealed class DistributionPathTests
{
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("", "Root", null, "")]
    [InlineData("_catalog", "Catalog", null, "")]
    [InlineData("a/manifests/v1", "Manifest", "a", "v1")]
    [InlineData("a/b/c/manifests/" + Digest, "Manifest", "a/b/c", Digest)]
    [InlineData("a/blobs/" + Digest, "Blob", "a", Digest)]
    [InlineData("a/blobs/uploads/", "Uploads", "a", "")]
    [InlineData("a/blobs/uploads", "Uploads", "a", "")]
    [InlineData("a/blobs/uploads/0123", "Upload", "a", "0123")]
    [InlineData("a/tags/list", "Tags", "a", "")]
    [InlineData("a/blobs/uploads/manifests/v1", "Manifest", "a/blobs/uploads", "v1")]
    [InlineData("a/blobs/uploads/blobs/uploads/", "Uploads", "a/blobs/uploads", "")]
    [InlineData("a/blobs/uploads/blobs/" + Digest, "Blob", "a/blobs/uploads", Digest)]
    [InlineData("manifests/manifests/manifests", "Manifest", "manifests", "manifests")]
    [InlineData("a/manifests/tags/list", "Tags", "a/manifests", "")]
    [InlineData("tags/list/tags/list", "Tags", "tags/list", "")]
    [InlineData("blobs/blobs/uploads/blobs/uploads/x", "Upload", "blobs/blobs/uploads", "x")]
    [InlineData("a/manifests/list", "Manifest", "a", "list")]
    public void The_last_segments_decide(string path, string kind, string? repository, string last)
    {
        var parsed = DistributionPath.Parse(path);

        Assert.Equal(kind, parsed.Kind.ToString());
        Assert.Equal(last, parsed.Last);
        if (repository is not null)
            Assert.Equal(repository, parsed.Repository.ToString());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/manifests")]
    [InlineData("manifests/v1")]
    [InlineData("a/b/nothing/x")]
    [InlineData("a/tags/lists")]
    [InlineData("_catalog/x")]
    [InlineData("/")]
    public void What_is_no_address_is_not_found(string path) => Assert.Equal(OciError.NotFound, Failure(path));

    [Theory]
    [InlineData("A/manifests/v1")]
    [InlineData("a//b/manifests/v1")]
    [InlineData("a/../b/tags/list")]
    [InlineData("/a/blobs/uploads/")]
    [InlineData("a /manifests/v1")]
    [InlineData("a%2fb/manifests/v1")]
    public void A_malformed_repository_name_is_refused(string path) => Assert.Equal(OciError.NameInvalid, Failure(path));

    private static OciError Failure(string path) => Assert.Throws<OciException>(() => DistributionPath.Parse(path)).Error;
}
