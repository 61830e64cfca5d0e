using Berth.Chain.Tests.Running;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Tests.Doctor;

namespace Berth.Packaging.Tests.Attach;

/// <summary>A registry of either kind with a small image: Berth, which lists referrers, or Debian's, for which clients keep a tag.</summary>
internal sealed class Shelf : IAsyncDisposable
{
    public const string Berth = "Berth";
    public const string Debian = "docker-registry";

    private readonly IAsyncDisposable _server;
    private readonly TempDirectory _directory;

    private Shelf(IAsyncDisposable server, TempDirectory directory, Reference repository, RegistryClient client, Descriptor image)
    {
        (_server, _directory, Repository, Client, Image) = (server, directory, repository, client, image);
    }

    public Reference Repository { get; }

    public RegistryClient Client { get; }

    public Descriptor Image { get; }

    public Tag StandIn => Packaging.Attach.ReferrersTag.NameFor(Image.Digest);

    public static async Task<Shelf> StartAsync(string kind)
    {
        var directory = new TempDirectory();
        IAsyncDisposable server;
        RegistryHost host;
        ICredentialSource credentials = AnonymousCredentialSource.Instance;
        if (kind == Berth)
        {
            var berth = await BerthServer.StartAsync(directory.Path("data"));
            (server, host) = (berth, RegistryHost.Parse(berth.Host));
            credentials = new FixedCredentialSource(host, new Credential(BerthServer.Administrator.Name, BerthServer.Administrator.Password));
        }
        else
        {
            var debian = await DebianRegistry.StartAsync();
            (server, host) = (debian, debian.Host);
        }

        var client = new RegistryClient(host, credentials);
        var repository = new Reference(host, RepositoryName.Parse("team/a"));
        return new Shelf(server, directory, repository, client, await SmallImage.PushAsync(client, repository.Repository, "1"));
    }

    public async Task<Manifest> GetAsync(Digest digest) => await GetAsync(ManifestReference.To(digest));

    public async Task<Manifest> GetAsync(ManifestReference reference)
    {
        var stored = await Client.GetManifestAsync(Repository.Repository, reference, TestContext.Current.CancellationToken);
        Assert.True(Manifest.TryParse(stored!.Bytes.Span, stored.MediaType, out var manifest, out var problem), problem);
        return manifest;
    }

    /// <summary>As a client that knows both ways sees it.</summary>
    public Task<IReadOnlyList<Descriptor>> ReferrersAsync(string artifactType) =>
        new Packaging.Attach.ReferrerStore(Client, Repository.Repository)
            .ListAsync(Image.Digest, artifactType, TestContext.Current.CancellationToken);

    public async Task<byte[]> ReadAsync(Descriptor blob)
    {
        await using var content = await Client.OpenBlobAsync(Repository.Repository, blob.Digest, TestContext.Current.CancellationToken);
        var bytes = new MemoryStream();
        await content!.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
