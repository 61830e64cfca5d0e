using System.Net;
using Berth.Oci;
using Berth.Torture.Clients;
using Berth.Torture.Content;
using Berth.Torture.Http;
using Berth.Torture.Model;
using Berth.Torture.Servers;

namespace Berth.Torture.Soak;

/// <summary>Pushes images without a tag, of content that everybody else pushes and deletes too, and pulls them by digest ever after.</summary>
internal sealed class SoakPuller(string repository, int seed, ContentPool content, ServerSettings settings)
{
    private const int Images = 20;

    private readonly Random _random = new(seed);
    private readonly RepositoryModel _model = new(repository);

    public RepositoryModel Model => _model;

    public async Task PushAsync(RegistryConnection connection)
    {
        var client = new RepositoryClient(connection, _model, settings.Grace, null);
        for (var image = 0; image < Images; image++)
        {
            List<SeededBlob> blobs = [content.Fresh(), content.Shared(_random), content.Shared(_random)];
            foreach (var blob in blobs)
                await client.UploadAsync(blob, UploadForm.OneRequest);
            if (!await client.PutManifestAsync(ManifestText.Image(blobs, null, $"{repository} {image}"), []))
                throw new Violation("three small blobs took longer to push than the server keeps them");
        }
    }

    /// <summary>As an appliance does: no login, a digest, and all that belongs to it.</summary>
    public async Task PullAsync(RegistryConnection anonymous, CancellationToken enough)
    {
        var manifests = _model.Manifests.Values.ToList();
        while (!enough.IsCancellationRequested)
        {
            var manifest = manifests[_random.Next(manifests.Count)];
            await GetAsync(anonymous, $"/v2/{repository}/manifests/{manifest.Digest}", manifest.Digest);
            foreach (var blob in manifest.Blobs)
                await GetAsync(anonymous, $"/v2/{repository}/blobs/{blob}", blob);
        }
    }

    private static async Task GetAsync(RegistryConnection anonymous, string path, Digest digest)
    {
        var answer = (await anonymous.SendAsync(HttpMethod.Get, path)).Must("it was pushed and nobody deleted it", HttpStatusCode.OK);
        if (Digest.Of(answer.Body) != digest)
            throw answer.Unexpected("its bytes have another digest");
    }
}
