using System.Net;
using Berth.Oci;
using Berth.Torture.Model;

namespace Berth.Torture.Clients;

internal sealed partial class RepositoryClient
{
    /// <returns>False when something it names was collected meanwhile, which it may only be when nobody promised it any more.</returns>
    public async Task<bool> PutManifestAsync(KnownManifest manifest, IReadOnlyList<string> tags)
    {
        // One tag goes into the path as often as into the query.
        var path = tags.Count == 1 ? $"manifests/{tags[0]}"
            : $"manifests/{manifest.Digest}{(tags.Count > 0 ? "?" : "")}{string.Join('&', tags.Select(tag => $"tag={tag}"))}";
        var answer = await ChangeAsync(
            new ManifestStored(manifest, tags),
            HttpStatusCode.Created,
            () => SendAsync(HttpMethod.Put, path, connection.Body(manifest.Bytes, manifest.MediaType)));
        if (answer.Status is HttpStatusCode.BadRequest && !manifest.Blobs.All(blob => model.MustHave(blob, answer.Received)))
            return false;
        answer.Must("all it names was promised", HttpStatusCode.Created);
        return true;
    }

    public async Task DeleteManifestAsync(Digest digest)
    {
        var needed = model.IsChild(digest);
        var answer = await ChangeAsync(new ManifestRemoved(digest), HttpStatusCode.Accepted, () => SendAsync(HttpMethod.Delete, $"manifests/{digest}"));
        if (needed)
            answer.Must("an index needs the manifest", HttpStatusCode.MethodNotAllowed);
        else
            answer.Must("nothing needs the manifest", HttpStatusCode.Accepted);
    }

    public async Task DeleteTagAsync(string tag) =>
        (await ChangeAsync(new TagRemoved(tag), HttpStatusCode.Accepted, () => SendAsync(HttpMethod.Delete, $"manifests/{tag}")))
            .Must("the tag is there", HttpStatusCode.Accepted);

    /// <summary>Pulls by tag or digest, as the model says it is.</summary>
    public async Task GetManifestAsync(string reference)
    {
        var answer = await SendAsync(HttpMethod.Get, $"manifests/{reference}");
        answer.Must("the manifest was acknowledged", HttpStatusCode.OK);
        if (Digest.Of(answer.Body) != model.Find(reference))
            throw new Violation($"{answer.Asked} gave {Digest.Of(answer.Body)}, not {model.Find(reference)}");
    }
}
