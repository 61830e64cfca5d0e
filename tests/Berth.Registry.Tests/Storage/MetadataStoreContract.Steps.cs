using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

public abstract partial class MetadataStoreContract
{
    private ModelStep AddUpload(int repository, int upload) => new($"add upload {upload} to {repository}", async model =>
    {
        // An id is used once: the store may take it for granted.
        var id = _uploads[upload];
        if (Enumerable.Range(0, 3).Any(i => model.HasUpload(Name(i), id)))
            return (null, null);
        await Store.AddUploadAsync(Name(repository), id, Now, Cancel);
        model.AddUpload(Name(repository), id);
        return (null, null);
    });

    private ModelStep RemoveUpload(int repository, int upload) => new(
        $"remove upload {upload} from {repository}",
        async model => (
            await Store.RemoveUploadAsync(Name(repository), _uploads[upload], Cancel),
            model.RemoveUpload(Name(repository), _uploads[upload])));

    private ModelStep Link(int repository, string content, int? upload) => new(
        $"link {content} into {repository}, ending upload {upload}",
        async model =>
        {
            var digest = TestImage.DigestOf(content);
            UploadId? id = upload is { } index ? _uploads[index] : null;
            await Store.LinkBlobAsync(Name(repository), digest, content.Length, id, Now, Lease, Cancel);
            model.LinkBlob(Name(repository), digest, content.Length, id);
            return (null, null);
        });

    private ModelStep Mount(int from, int into, Digest blob) => new(
        $"mount {blob} from {from} into {into}",
        async model => (
            await Store.MountBlobAsync(Name(from), Name(into), blob, Now, Lease, Cancel),
            model.MountBlob(Name(from), Name(into), blob)));

    private ModelStep RemoveBlob(int repository, Digest blob) => new(
        $"remove {blob} from {repository}",
        async model => (await Store.RemoveBlobAsync(Name(repository), blob, Cancel), model.RemoveBlob(Name(repository), blob)));

    private ModelStep PutImage(int repository, string config, string[] layers, string[] tags) => Put(
        $"put image {config} [{string.Join(',', layers)}] as [{string.Join(',', tags)}] into {repository}",
        () => TestImage.Image(Name(repository), Now, config, layers, tags));

    private ModelStep PutIndex(int repository, string config, string[] tags) => Put(
        $"put index of {config} as [{string.Join(',', tags)}] into {repository}",
        () => TestImage.Index(Name(repository), Now, [ChildOf(repository, config)], tags));

    private ModelStep RemoveManifest(int repository, string config, bool index) => new(
        $"remove {(index ? "index of" : "image")} {config} from {repository}",
        async model =>
        {
            var child = ChildOf(repository, config);
            var digest = index ? TestImage.Index(Name(repository), Now, [child]).Digest : child;
            return (await Store.RemoveManifestAsync(Name(repository), digest, Cancel), model.RemoveManifest(Name(repository), digest));
        });

    private ModelStep RemoveTag(int repository, string tag) => new(
        $"remove tag {tag} from {repository}",
        async model => (
            await Store.RemoveTagAsync(Name(repository), Tag.Parse(tag), Cancel),
            model.RemoveTag(Name(repository), Tag.Parse(tag))));

    private ModelStep Put(string name, Func<ManifestToStore> manifest) => new(
        name, async model => (await Store.PutManifestAsync(manifest(), Cancel), model.PutManifest(manifest())));

    private Digest ChildOf(int repository, string config) => TestImage.Image(Name(repository), Now, config, []).Digest;
}
