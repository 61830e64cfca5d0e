using Berth.Oci;
using Berth.Registry.Blobs;
using Berth.Registry.Collection;
using Berth.Registry.Manifests;
using Berth.Registry.Tests.Storage;
using Berth.Registry.Uploads;
using Berth.Server.Collection;
using Berth.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Collection;

/// <summary>A store in a directory of its own, with clients and a collection that do as in a server.</summary>
public abstract class CollectionTest : IAsyncLifetime
{
    private protected static readonly RepositoryName Here = RepositoryName.Parse("packs/here");
    private protected static readonly RepositoryName There = RepositoryName.Parse("packs/there");

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private protected CollectionOptions Options { get; } = new();

    private protected TemporaryDirectory Scratch { get; } = new();

    private protected SingleNodeStores Stores { get; private set; } = null!;

    private protected StoreCollection Collection { get; private set; } = null!;

    private protected RepositoryBlobs Blobs { get; private set; } = null!;

    private protected BlobUploads Uploads { get; private set; } = null!;

    private protected RepositoryManifests Manifests { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Stores = await SingleNodeStores.OpenForServingAsync(Scratch["data"], Time, Cancel);
        var lease = new BlobLease(Options.Grace, Time);
        Collection = new StoreCollection(Stores, Options, Time);
        Blobs = new RepositoryBlobs(Stores.Blobs, Stores.Metadata, lease);
        Uploads = new BlobUploads(Stores.Blobs, Stores.Metadata, lease, Time);
        Manifests = new RepositoryManifests(Stores.Metadata, SparseManifests.Refused, Time);
    }

    public ValueTask DisposeAsync()
    {
        Stores.Dispose();
        Scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected async Task<Digest> PushBlobAsync(RepositoryName repository, string text)
    {
        var digest = TestImage.DigestOf(text);
        await Uploads.PutAsync(repository, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), digest, Cancel);
        return digest;
    }

    /// <summary>Pushes an image of a config and a layer, whose texts are their names.</summary>
    private protected async Task<Digest> PushImageAsync(RepositoryName repository, string config, string layer, string? tag)
    {
        await PushBlobAsync(repository, config);
        await PushBlobAsync(repository, layer);
        var image = TestImage.Image(repository, Time.GetUtcNow(), config, [layer], tag is null ? [] : [tag]);
        await Stores.Metadata.PutManifestAsync(image, Cancel);
        return image.Digest;
    }

    private protected void PassGrace() => Time.Advance(Options.Grace + TimeSpan.FromSeconds(1));

    private protected async Task<IReadOnlyList<Removal>> CollectAsync() => await Collection.RunAsync(Cancel).ToListAsync(Cancel);

    private protected async Task<IReadOnlyList<Removal>> DryRunAsync() => await Collection.FindAsync(Cancel).ToListAsync(Cancel);

    private protected bool IsInTrash(Digest digest) => File.Exists(PathIn(Stores.Directory.Trash, digest));

    private protected static string PathIn(string root, Digest digest) =>
        Path.Combine(root, digest.Algorithm.Name(), digest.Hex[..2].ToString(), digest.Hex.ToString());
}
