using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;

namespace Berth.Packaging.Doctor;

/// <summary>Whether a Cloud Proxy would get the image: with an image that is there already, else by how an anonymous client is answered.</summary>
/// <param name="anonymous">A client of the pull host that has no login.</param>
/// <param name="withLogin">A client of the push host, which may see what others do not; null when it cannot be used.</param>
internal sealed class PullCheck(Reference pull, RegistryClient anonymous, Reference push, RegistryClient? withLogin, bool wantsBasic)
{
    private const string MakePublic = "make the repository (in some registries: its project) public, so that it can be pulled without a login";

    public FindingKind Kind { get; private set; }

    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var shown = await NewestImage.FindAsync(anonymous, pull.Repository, cancellationToken);
            var image = shown ?? (withLogin is null ? null : await NewestImage.FindAsync(withLogin, push.Repository, cancellationToken));
            return image is null
                ? await WithoutImageAsync(cancellationToken)
                : Judge(image, await new AnonymousPull(pull, anonymous).ProveAsync(image.Digest, cancellationToken));
        }
        catch (RegistryException e)
        {
            return CheckResult.Failed("an anonymous pull could not be tried", e.Message);
        }
    }

    private CheckResult Judge(NewestImage image, PullProof proof)
    {
        var what = $"{pull.Repository}:{image.Tag}";
        return proof.Fault switch
        {
            null => CheckResult.Passed($"{what} can be pulled without a login: its manifest by {image.Digest}, {proof.Blobs} blobs, for {Platform.CloudProxy}"),
            PullFault.Private => Refused($"{what} is there, and cannot be pulled without a login"),
            PullFault.Absent when pull.Name == push.Name => Refused($"{what} is there, and is hidden from who has no login"),
            PullFault.Absent => CheckResult.Warning(
                $"{pull.Name} has not the image {push.Repository}:{image.Tag} of {push.Registry} ({image.Digest})",
                "if one is a mirror of the other, wait until it has copied, or check how it is set up: the pak is proven against it after the push"),
            PullFault.Platform or PullFault.NoImage => CheckResult.Warning(
                $"{what} can be pulled without a login, but no Cloud Proxy could run it", proof.Problem!),
            _ => CheckResult.Failed($"{what} cannot be pulled as it should", proof.Problem!),
        };
    }

    private async Task<CheckResult> WithoutImageAsync(CancellationToken cancellationToken)
    {
        try
        {
            await anonymous.HeadManifestAsync(pull.Repository, ManifestReference.To(Tag.Parse("latest")), cancellationToken);
            return CheckResult.Passed(
                $"an anonymous client is let in to {pull.Repository}; there is no image yet, so that a pull is proven only after the push");
        }
        catch (RegistryException e) when (e.Reason is RegistryFailure.Unauthorized or RegistryFailure.Denied)
        {
            if (!wantsBasic)
                Kind = FindingKind.RefusedBeforeFirstPush;
            return Refused($"an anonymous client is not let in to {pull.Repository}{(wantsBasic ? "" : ", where there is no image yet")}");
        }
    }

    private CheckResult Refused(string what)
    {
        if (wantsBasic)
            return CheckResult.Failed(
                $"{what}: the registry wants a login (HTTP Basic) for everything, and a Cloud Proxy has none",
                "let it answer pulls without one (with Bearer tokens, or a proxy in front that asks for a login to push only), or use another registry");
        return Kind is FindingKind.RefusedBeforeFirstPush
            ? CheckResult.Failed(what, $"{MakePublic}; if the registry refuses so what does not exist, it is proven only after the push")
            : CheckResult.Failed(what, MakePublic);
    }
}
