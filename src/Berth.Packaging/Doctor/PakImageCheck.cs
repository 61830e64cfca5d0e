using System.Globalization;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;

namespace Berth.Packaging.Doctor;

/// <summary>Whether a registry gives all of an image to somebody without a login, step by step as an engine asks for it.</summary>
internal sealed class PakImageCheck(Reference image, RegistryClient registry, HostState host)
{
    private const string NoLogin = "a Cloud Proxy has no login: make the repository public (in some registries: its project), or put the image on each "
        + "Cloud Proxy with 'mp-install preload'";

    private static readonly string[] Steps = ["token", "manifest", "blobs", "platform"];

    public async Task<IReadOnlyList<PakFinding>> RunAsync(TimeSpan limit, CancellationToken cancellationToken, CancellationToken caller)
    {
        if (host.Obstacle is { } obstacle)
            return [.. Steps.Select(step => new PakFinding(step, FindingOutcome.Unknown, obstacle))];
        try
        {
            return Judge(await new AnonymousPull(image, registry).ProveAsync(image.Digest!.Value, cancellationToken));
        }
        catch (RegistryException e)
        {
            return FailedAt("token", CheckResult.Failed("an anonymous pull could not be tried", e.Message));
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return FailedAt("token", CheckResult.TookTooLong(limit));
        }
    }

    private IReadOnlyList<PakFinding> Judge(PullProof proof) => proof.Fault switch
    {
        null => Passed(
            "an anonymous client is let in", $"is there by its digest {image.Digest}", Found(proof), $"the image is for {Platform.CloudProxy}"),
        PullFault.Private when host.WantsBasic => FailedAt(
            "token", CheckResult.Failed("the registry wants a login (HTTP Basic) for everything", NoLogin)),
        PullFault.Private => FailedAt("token", CheckResult.Failed($"{image.Repository} cannot be pulled without a login", NoLogin)),
        PullFault.Unreachable => FailedAt("token", CheckResult.Failed(
            $"its token service cannot be reached ({Quote.Short(proof.Cause!.Message)})", "it may have a name of its own: that has to resolve and be let through, too")),
        PullFault.Absent => FailedAt("manifest", CheckResult.Failed(
            $"{image.Repository} has nothing with the digest {image.Digest}: it was deleted or collected, or pushed elsewhere",
            "push that very image again, have the registry restore it (berth restore-deleted), or name its place with 'mp-build retarget'")),
        PullFault.NoImage => FailedAt("manifest", Problem("what the digest names is no image", proof)),
        PullFault.Incomplete => FailedAt("blobs", Problem("the image is not complete there", proof)),
        _ => FailedAt("platform", Problem($"no Cloud Proxy could run it: they are {Platform.CloudProxy}", proof)),
    };

    private static CheckResult Problem(string text, PullProof proof) => CheckResult.Failed(text, proof.Problem!);

    private static string Found(PullProof proof) =>
        string.Create(CultureInfo.InvariantCulture, $"{proof.Blobs} are there, {proof.Bytes / 1e6:0.0} MB");

    private static IReadOnlyList<PakFinding> Passed(params string[] texts) =>
        [.. Steps.Zip(texts, (step, text) => new PakFinding(step, FindingOutcome.Passed, text))];

    private static IReadOnlyList<PakFinding> FailedAt(string step, CheckResult result)
    {
        var at = Array.IndexOf(Steps, step);
        return [.. Steps.Select((name, i) => i == at
            ? PakFinding.Of(name, result)
            : new PakFinding(
                name,
                i < at ? FindingOutcome.Passed : FindingOutcome.Unknown,
                i < at ? "answered" : $"not known, because the {step} check failed"))];
    }
}
