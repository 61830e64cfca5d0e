using Berth.Oci;
using Berth.Oci.Client;
using Berth.Registry.Storage;
using Berth.Registry.Upkeep;

namespace Berth.Server.Upkeep;

/// <summary>Fetches lost content from registries that have the same repositories, without a login.</summary>
internal sealed class PeerRegistries(IReadOnlyList<Uri> peers, IBlobStore store, Action<ScrubFinding> tell, TimeProvider time) : IPeerContent
{
    public async ValueTask<Uri?> FetchAsync(KnownBlob blob, IReadOnlyList<RepositoryName> repositories, CancellationToken cancellationToken)
    {
        foreach (var peer in peers)
        {
            try
            {
                using var client = Connect(peer);
                foreach (var repository in repositories)
                {
                    if (await FetchAsync(client, repository, blob, cancellationToken))
                        return peer;
                }
            }
            catch (Exception e) when (e is RegistryException or OciException or IOException)
            {
                tell(new ScrubFinding(ScrubFindingKind.PeerFailed, blob.Digest, blob.Size, peer, e.Message));
            }
        }

        return null;
    }

    private RegistryClient Connect(Uri peer)
    {
        var host = RegistryHost.Parse($"{peer.Host}:{peer.Port}");
        return new RegistryClient(host, AnonymousCredentialSource.Instance, new RegistryClientOptions
        {
            // Who wrote http:// meant it; what is fetched is verified by its digest either way.
            InsecureHosts = peer.Scheme == Uri.UriSchemeHttp ? [host] : [],
            TimeProvider = time,
        });
    }

    private async ValueTask<bool> FetchAsync(RegistryClient client, RepositoryName repository, KnownBlob blob, CancellationToken cancellationToken)
    {
        await using var content = await client.OpenBlobAsync(repository, blob.Digest, cancellationToken, blob.Size);
        if (content is null)
            return false;
        await using var upload = await store.BeginUploadAsync(UploadId.New(), cancellationToken);
        try
        {
            await upload.AppendAsync(content, cancellationToken);
            await upload.CommitAsync(blob.Digest, cancellationToken);
            return true;
        }
        catch
        {
            await upload.CancelAsync(CancellationToken.None);
            throw;
        }
    }
}
