using Berth.Oci;
using Berth.Registry.Access;
using Berth.Registry.Collection;
using Berth.Registry.Retention;
using Berth.Registry.Storage;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;
using Berth.Server.Collection;
using Berth.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Retention;

/// <summary>A store on a disk, at a time that the test sets.</summary>
public abstract class RetentionTest : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SingleNodeStores? _stores;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static RepositoryName Here { get; } = RepositoryName.Parse("packs/here");

    protected static RepositoryName There { get; } = RepositoryName.Parse("packs/there");

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private protected DateTimeOffset Now => Time.GetUtcNow();

    private protected SingleNodeStores Stores => _stores!;

    private protected SqliteMetadataStore Store => Stores.Metadata;

    private protected string Data => _directory["data"];

    private protected SqlitePolicyStore Policies => new(Stores.Database);

    public async ValueTask InitializeAsync() => _stores = await SingleNodeStores.OpenForServingAsync(Data, Time, Cancel);

    public ValueTask DisposeAsync()
    {
        _stores?.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(Time, [.. arguments, "--data", Data]);

    /// <summary>Puts content into the store and shows it in the repository.</summary>
    private protected async Task<Digest> PushBlobAsync(RepositoryName repository, string content)
    {
        var digest = TestImage.DigestOf(content);
        await using var upload = await Stores.Blobs.BeginUploadAsync(UploadId.New(), Cancel);
        await upload.AppendAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), Cancel);
        await upload.CommitAsync(digest, Cancel);
        await Store.LinkBlobAsync(repository, digest, content.Length, null, Now, Now.AddHours(1), Cancel);
        return digest;
    }

    private protected async Task<Digest> PushAsync(RepositoryName repository, string config, string[] layers, params string[] tags)
    {
        foreach (var blob in layers.Append(config))
            await PushBlobAsync(repository, blob);
        return await PutAsync(TestImage.Image(repository, Now, config, layers, tags));
    }

    private protected Task<Digest> PushAsync(string config, params string[] tags) => PushAsync(Here, config, [], tags);

    private protected async Task<Digest> PushReferrerAsync(Digest subject, string type)
    {
        await PushBlobAsync(Here, "config");
        return await PutAsync(TestImage.Referrer(Here, Now, subject, type));
    }

    private protected async Task<Digest> PutAsync(ManifestToStore manifest)
    {
        Assert.Empty(await Store.PutManifestAsync(manifest, Cancel));
        return manifest.Digest;
    }

    /// <summary>Sets a policy and lets it remove.</summary>
    private protected async Task EnableAsync(string prefix, Func<RetentionPolicy, RetentionPolicy> rules)
    {
        Assert.True(RepositoryPrefix.TryParse(prefix, out var parsed));
        var policy = rules(new RetentionPolicy(parsed));
        await Policies.SetAsync(policy, Cancel);
        Assert.True(await Policies.NotePreviewAsync(policy, Now, Cancel));
        Assert.True(await Policies.EnableAsync(parsed, Now, Cancel));
    }

    private protected async Task PullAsync(Digest digest) => await Store.NotePullsAsync([new ManifestPull(Here, digest, Now)], Cancel);

    private protected async Task PinAsync(Digest digest, DateTimeOffset? ends = null) =>
        Assert.True(await new SqlitePinStore(Stores.Database).AddAsync(new Pin(Here, digest, "kept", ends, Now, "a test"), false, Cancel));

    private protected StoreCollection Collection => new(Stores, new CollectionOptions(), Time);

    private protected async Task<IReadOnlyList<Removal>> CollectAsync() => await Collection.RunAsync(Cancel).ToListAsync(Cancel);

    private protected async Task<IEnumerable<string>> TagsAsync(RepositoryName? repository = null) =>
        (await Store.ListTagsAsync(repository ?? Here, null, 10_000, Cancel) ?? []).Select(tag => tag.ToString());

    private protected async Task<bool> HasAsync(Digest digest, RepositoryName? repository = null) =>
        await Store.FindManifestAsync(repository ?? Here, ManifestReference.To(digest), Cancel) is not null;
}
