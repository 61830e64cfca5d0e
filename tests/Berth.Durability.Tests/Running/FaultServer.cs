using Berth.Oci;
using Berth.Torture.Http;
using Berth.Torture.Kills;
using Berth.Torture.Model;
using Berth.Torture.Servers;

namespace Berth.Durability.Tests.Running;

/// <summary>A server with one repository, and plain requests to it.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    public const string Repository = "faults/here";

    private FaultServer(BerthProcess process, TortureStore store)
    {
        (Process, Store) = (process, store);
        Pusher = store.Connect(process, NoTraffic.Instance, Cancelled);
        Anonymous = new RegistryConnection(process, null, Cancelled);
    }

    /// <summary>Collects only when it is told to, and then what is not needed this second.</summary>
    public static ServerSettings Settings { get; } = new(TimeSpan.FromHours(1), TimeSpan.Zero) { Collection = TimeSpan.Zero };

    public BerthProcess Process { get; }

    public TortureStore Store { get; }

    public RegistryConnection Pusher { get; }

    public RegistryConnection Anonymous { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TortureStore StoreIn(string directory, ServerSettings settings) =>
        new(directory, seed: 1, settings, more: [new RepositoryModel(Repository)]);

    /// <summary>Starts it on a store that may be new.</summary>
    public static async Task<FaultServer> StartAsync(TortureStore store)
    {
        var process = await store.StartAsync(Cancelled);
        await store.LogInAsync(process, Cancelled);
        return new FaultServer(process, store);
    }

    public Task<Answer> PushAsync(byte[] blob) => Pusher.SendAsync(
        HttpMethod.Post, $"/v2/{Repository}/blobs/uploads/?digest={Digest.Of(blob)}", Pusher.Body(blob));

    public Task<Answer> PutAsync(KnownManifest manifest, string reference) => Pusher.SendAsync(
        HttpMethod.Put, $"/v2/{Repository}/manifests/{reference}", Pusher.Body(manifest.Bytes, manifest.MediaType));

    public Task<Answer> DeleteAsync(string path) => Pusher.SendAsync(HttpMethod.Delete, $"/v2/{Repository}/{path}");

    public Task<Answer> GetAsync(string path) => Anonymous.SendAsync(HttpMethod.Get, $"/v2/{Repository}/{path}");

    /// <summary>Where the store keeps a blob.</summary>
    public string FileOf(Digest digest) => Path.Combine(Store.Data, "blobs", "sha256", digest.Hex[..2].ToString(), digest.Hex.ToString());

    public async ValueTask DisposeAsync()
    {
        Pusher.Dispose();
        Anonymous.Dispose();
        await Process.DisposeAsync();
    }
}
