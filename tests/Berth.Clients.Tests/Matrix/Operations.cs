using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Matrix;

/// <summary>The rows of the table.</summary>
internal static class Operations
{
    // A wrong password is what stands in for "without a login".
    public static readonly Operation LogIn = new("log in", Right.Push, Proofs.Nothing);

    public static readonly Operation PushImage = new("push an image", Right.Push, Proofs.ImageStored);

    public static readonly Operation PushIndex = new("push an index of two platforms", Right.Push, Proofs.IndexStored);

    public static readonly Operation JoinImages = new("make an index of pushed images", Right.Push, Proofs.IndexMade);

    public static readonly Operation PullTag = new("pull by tag", Right.Pull, Proofs.ImagePulled);

    public static readonly Operation PullDigest = new("pull by digest", Right.Pull, Proofs.ImagePulled);

    public static readonly Operation PullPlatform = new("pull one platform of an index", Right.Pull, Proofs.PlatformPulled);

    public static readonly Operation Copy = new("copy to another repository", Right.Push, Proofs.IndexCopied);

    public static readonly Operation Inspect = new("look at a manifest", Right.Pull, Proofs.IndexSeen);

    public static readonly Operation ListTags = new("list tags", Right.Pull, Proofs.TagSeen);

    public static readonly Operation ListRepositories = new("list repositories", Right.Administer, Proofs.RepositorySeen);

    public static readonly Operation PushArtifact = new("push an artifact", Right.Push, Proofs.ArtifactStored);

    public static readonly Operation PullArtifact = new("pull an artifact", Right.Pull, Proofs.ArtifactPulled);

    public static readonly Operation Attach = new("attach an artifact to a subject", Right.Push, Proofs.Attached) { Before = Image };

    public static readonly Operation Discover = new("discover referrers", Right.Pull, Proofs.ReferrerSeen);

    public static readonly Operation CopyWithReferrers = new("copy with referrers", Right.Push, Proofs.CopiedWithReferrers);

    public static readonly Operation SignWithTag = new("sign, signature as a tag", Right.Push, Proofs.SignedWithTag) { Before = Image };

    public static readonly Operation VerifyTag = new("verify a signature tag", Right.Pull, Proofs.Nothing) { Before = Image };

    public static readonly Operation SignWithReferrer =
        new("sign, signature as a referrer", Right.Push, Proofs.Attached) { Before = Image };

    public static readonly Operation VerifyReferrer = new("verify a signature referrer", Right.Pull, Proofs.Nothing) { Before = Image };

    public static readonly Operation ListSignatures = new("list signatures", Right.Pull, Proofs.SignatureSeen) { Before = Image };

    public static readonly Operation DeleteManifest = new("delete a manifest", Right.Administer, Proofs.ImageGone) { Before = Image };

    public static readonly Operation DeleteBlob = new("delete a blob", Right.Administer, Proofs.LooseBlobGone) { Before = LooseBlob };

    public static IReadOnlyList<Operation> All { get; } =
    [
        LogIn, PushImage, PushIndex, JoinImages, PullTag, PullDigest, PullPlatform, Copy, Inspect, ListTags, ListRepositories,
        PushArtifact, PullArtifact, Attach, Discover, CopyWithReferrers,
        SignWithTag, VerifyTag, SignWithReferrer, VerifyReferrer, ListSignatures, DeleteManifest, DeleteBlob,
    ];

    private static Task Image(Push push) => push.ImageAsync(PublicContent.Image, Layout.Tag);

    /// <summary>The images of the index, without a tag.</summary>
    public static async Task Members(Push push)
    {
        foreach (var image in PublicContent.Index.Images)
            await push.ImageAsync(image, image.Manifest.Digest);
    }

    private static Task LooseBlob(Push push) => push.BlobAsync(PublicContent.Artifact.Text);
}
