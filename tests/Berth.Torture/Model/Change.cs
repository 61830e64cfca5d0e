using Berth.Oci;

namespace Berth.Torture.Model;

/// <summary>What a request makes of a repository when it succeeds: all of it, or nothing.</summary>
internal abstract record Change
{
    public abstract void ApplyTo(RepositoryModel model);

    /// <summary>Tags and manifest digests whose answer it changes; all of them change together.</summary>
    public virtual IReadOnlyList<string> References(RepositoryModel model) => [];
}

internal sealed record BlobPromised(Digest Blob, DateTimeOffset Until) : Change
{
    public override void ApplyTo(RepositoryModel model) => model.Promise(Blob, Until);
}

internal sealed record BlobRemoved(Digest Blob) : Change
{
    public override void ApplyTo(RepositoryModel model) => model.Remove(Blob);
}

internal sealed record ManifestStored(KnownManifest Manifest, IReadOnlyList<string> Tags) : Change
{
    public override void ApplyTo(RepositoryModel model) => model.Store(Manifest, Tags);

    public override IReadOnlyList<string> References(RepositoryModel model) => [Manifest.Digest.ToString(), .. Tags];
}

internal sealed record ManifestRemoved(Digest Manifest) : Change
{
    public override void ApplyTo(RepositoryModel model) => model.RemoveManifest(Manifest);

    public override IReadOnlyList<string> References(RepositoryModel model) => [Manifest.ToString(), .. model.TagsOf(Manifest)];
}

internal sealed record TagRemoved(string Tag) : Change
{
    public override void ApplyTo(RepositoryModel model) => model.RemoveTag(Tag);

    public override IReadOnlyList<string> References(RepositoryModel model) => [Tag];
}
