using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

public abstract partial class MetadataStoreContract
{
    private static Digest Subject { get; } = TestImage.DigestOf("the subject, which nobody pushed");

    [Fact]
    public async Task Referrers_are_listed_by_digest_in_their_repository_alone()
    {
        var refer = new[] { await ReferAsync(Here, "a"), await ReferAsync(Here, "b"), await ReferAsync(Here, "c") };
        await ReferAsync(There, "d");
        await PushAsync(Here, "config", []);

        var listed = await Store.ListReferrersAsync(Here, Subject, null, null, int.MaxValue, Cancel);

        Assert.Equal(refer.Select(one => one.Digest.ToString()).Order(StringComparer.Ordinal), Digests(listed));
        Assert.False(listed.HasMore);
        var bytes = refer.Single(one => one.Digest == listed.Manifests[0].Digest).Bytes;
        Assert.Equal(bytes.ToArray(), listed.Manifests[0].Bytes.ToArray());
    }

    [Fact]
    public async Task Nothing_refers_to_what_is_not_there()
    {
        var nowhere = await Store.ListReferrersAsync(RepositoryName.Parse("unknown"), Subject, null, null, int.MaxValue, Cancel);

        Assert.Empty(nowhere.Manifests);
        Assert.False(nowhere.HasMore);
    }

    [Fact]
    public async Task Referrers_are_filtered_by_artifact_type_or_else_by_config_type()
    {
        var typed = await ReferAsync(Here, "typed", "\"artifactType\":\"application/vnd.signature\",");
        var plain = await ReferAsync(Here, "plain");

        Assert.Equal([typed.Digest.ToString()], Digests(await ListAsync("application/vnd.signature")));
        Assert.Equal([plain.Digest.ToString()], Digests(await ListAsync("application/octet-stream")));
        Assert.Empty(Digests(await ListAsync("application/vnd.signatur")));

        ValueTask<StoredReferrers> ListAsync(string type) => Store.ListReferrersAsync(Here, Subject, type, null, int.MaxValue, Cancel);
    }

    [Fact]
    public async Task A_page_of_referrers_has_what_fits_and_one_in_any_case()
    {
        var size = 0;
        for (var i = 0; i < 5; i++)
            size = (await ReferAsync(Here, $"{i}")).Bytes.Length;

        var first = await Store.ListReferrersAsync(Here, Subject, null, null, (2 * size) + 1, Cancel);
        var second = await Store.ListReferrersAsync(Here, Subject, null, first.Manifests[^1].Digest, 1, Cancel);
        var rest = await Store.ListReferrersAsync(Here, Subject, null, second.Manifests[^1].Digest, 2 * size, Cancel);

        Assert.Equal((2, true), (first.Manifests.Count, first.HasMore));
        Assert.Equal((1, true), (second.Manifests.Count, second.HasMore));
        Assert.Equal((2, false), (rest.Manifests.Count, rest.HasMore));
        Assert.Equal(5, Digests(first).Concat(Digests(second)).Concat(Digests(rest)).Distinct().Count());
    }

    [Fact]
    public async Task A_removed_manifest_refers_to_nothing()
    {
        var referrer = await ReferAsync(Here, "a");

        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, referrer.Digest, Cancel));

        Assert.Empty((await Store.ListReferrersAsync(Here, Subject, null, null, int.MaxValue, Cancel)).Manifests);
    }

    private static List<string> Digests(StoredReferrers referrers) => [.. referrers.Manifests.Select(manifest => manifest.Digest.ToString())];

    /// <summary>Puts a manifest about <see cref="Subject"/>; all of one length when the names are.</summary>
    private async Task<ManifestToStore> ReferAsync(RepositoryName repository, string name, string artifactType = "")
    {
        await LinkAsync(repository, "config");
        var manifest = TestImage.ToStore(
            repository,
            Now,
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}",{{artifactType}}"config":{{TestImage.Blob("config")}},"layers":[],
             "subject":{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Subject}}","size":2},"annotations":{"name":"{{name}}" } }
            """);
        await PutAsync(manifest);
        return manifest;
    }
}
