using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

public abstract partial class MetadataStoreContract
{
    [Fact]
    public async Task Tags_are_listed_in_byte_order()
    {
        await PushAsync(Here, "config", [], "b", "A", "_", "a", "10", "9", "a.b", "a-b", "aB");

        Assert.Equal(["10", "9", "A", "_", "a", "a-b", "a.b", "aB", "b"], await TagsAsync(null, 100));
    }

    [Theory]
    [InlineData(null, 2, new[] { "a", "b" })]
    [InlineData("", 2, new[] { "a", "b" })]
    [InlineData("a", 2, new[] { "b", "c" })]
    [InlineData("aa", 10, new[] { "b", "c" })]
    [InlineData("c", 10, new string[0])]
    [InlineData(null, 0, new string[0])]
    public async Task A_page_of_tags_starts_after_the_last_one_and_is_limited(string? after, int limit, string[] expected)
    {
        await PushAsync(Here, "config", [], "c", "a", "b");
        await PushAsync(There, "config", [], "aaa");

        Assert.Equal(expected, await TagsAsync(after, limit));
    }

    [Fact]
    public async Task A_repository_without_tags_has_an_empty_list_and_an_unknown_one_has_none()
    {
        await LinkAsync(Here, "layer");

        Assert.Empty((await Store.ListTagsAsync(Here, null, 10, Cancel))!);
        Assert.Null(await Store.ListTagsAsync(There, null, 10, Cancel));
    }

    [Fact]
    public async Task A_repository_exists_from_the_first_blob_session_or_mount()
    {
        var layer = await LinkAsync(RepositoryName.Parse("b/blob"), "layer");
        await Store.AddUploadAsync(RepositoryName.Parse("a/session"), UploadId.New(), Now, Cancel);
        await Store.MountBlobAsync(RepositoryName.Parse("b/blob"), RepositoryName.Parse("c/mount"), layer, Now, Lease, Cancel);

        Assert.Equal(["a/session", "b/blob", "c/mount"], await RepositoriesAsync(null, 10));
    }

    [Fact]
    public async Task Reading_makes_no_repository()
    {
        await FindAsync(Here, "v1");
        await Store.FindBlobAsync(Here, TestImage.DigestOf("layer"), Cancel);
        await Store.ListTagsAsync(Here, null, 10, Cancel);
        await Store.RemoveUploadAsync(Here, UploadId.New(), Cancel);

        Assert.Empty(await RepositoriesAsync(null, 10));
    }

    [Theory]
    [InlineData(null, 2, new[] { "a-b", "a/b" })]
    [InlineData("a-b", 2, new[] { "a/b", "a0" })]
    [InlineData("a/", 10, new[] { "a/b", "a0", "a_b" })]
    [InlineData("a_b", 10, new string[0])]
    [InlineData(null, 0, new string[0])]
    public async Task A_page_of_repositories_is_in_byte_order_and_starts_after_the_last_one(string? after, int limit, string[] expected)
    {
        foreach (var name in new[] { "a_b", "a/b", "a0", "a-b" })
            await LinkAsync(RepositoryName.Parse(name), "layer");

        Assert.Equal(expected, await RepositoriesAsync(after, limit));
    }

    private async Task<IEnumerable<string>> TagsAsync(string? after, int limit) =>
        (await Store.ListTagsAsync(Here, after, limit, Cancel))!.Select(tag => tag.ToString());

    private async Task<IEnumerable<string>> RepositoriesAsync(string? after, int limit) =>
        (await Store.ListRepositoriesAsync(after, limit, Cancel)).Select(name => name.ToString());
}
