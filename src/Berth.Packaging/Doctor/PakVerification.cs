using System.Security.Cryptography;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Signing;
using Berth.Packaging.Attach;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Doctor;

/// <summary>Whether a registry has what a pak says that it has: the image, this very pak beside it, and a signature.</summary>
/// <param name="key">Path of the public key that the image has to be signed with; null: a signature is looked for and not judged.</param>
public sealed class PakVerification(PakCheckOptions options, string? key)
{
    private const int MostPaks = 256;

    private static readonly string[] Later = ["stored pak", "signature"];

    /// <exception cref="PakException">The pak cannot be read, or names no registry.</exception>
    /// <exception cref="KeyException">The key cannot be used.</exception>
    public async Task<PakReport> RunAsync(CancellationToken cancellationToken)
    {
        using var signer = key is null ? null : PublicKey.Load(key);
        var image = await options.ReadImageAsync(cancellationToken);
        var pak = await HashAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var registry = new RegistryClient(image.Registry, AnonymousCredentialSource.Instance, options.ForRegistry(image).ClientOptions());
        var findings = new List<PakFinding> { new("pak", FindingOutcome.Passed, $"{pak}, needs {image}") };
        findings.AddRange(await AskAsync(image, pak, registry, signer, either.Token, cancellationToken));
        return new PakReport(image, findings);
    }

    private async Task<IReadOnlyList<PakFinding>> AskAsync(
        Reference image, Digest pak, RegistryClient registry, PublicKey? signer, CancellationToken cancellationToken, CancellationToken caller)
    {
        var host = new HostState(null, IsTrusted: true, WantsBasic: false, null);
        var found = await new PakImageCheck(image, registry, host).RunAsync(options.Timeout, cancellationToken, caller);
        if (found.FirstOrDefault(finding => finding.Outcome is FindingOutcome.Failed) is { } failed)
            return [failed, .. Later.Select(check => new PakFinding(check, FindingOutcome.Unknown, $"not known, because the {failed.Check} check failed"))];
        var store = new ReferrerStore(registry, image.Repository);
        return [
            new PakFinding("image", FindingOutcome.Passed, "the registry has all of it, and gives it without a login"),
            await BoundedAsync("stored pak", () => FindPakAsync(store, image, pak, cancellationToken), caller),
            await BoundedAsync("signature", () => FindSignatureAsync(store, image, signer, cancellationToken), caller)];
    }

    private async Task<PakFinding> BoundedAsync(string check, Func<Task<PakFinding>> look, CancellationToken caller)
    {
        try
        {
            return await look();
        }
        catch (RegistryException e)
        {
            return new PakFinding(check, FindingOutcome.Failed, "the registry cannot be asked for it", e.Message);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return PakFinding.Of(check, CheckResult.TookTooLong(options.Timeout));
        }
    }

    private static async Task<PakFinding> FindPakAsync(ReferrerStore store, Reference image, Digest pak, CancellationToken cancellationToken)
    {
        var stored = await store.ListAsync(image.Digest!.Value, PakAttachment.ArtifactType, cancellationToken);
        foreach (var one in stored.Take(MostPaks))
        {
            if ((await store.FindLayerAsync(one, PakAttachment.LayerType, cancellationToken))?.Digest == pak)
                return new PakFinding("stored pak", FindingOutcome.Passed, $"the registry has this very file beside the image ({one.Digest})");
        }

        return stored.Count == 0
            ? new PakFinding(
                "stored pak", FindingOutcome.Warning, "the registry has no pak beside the image",
                "nothing keeps the image from being deleted as unused: have mp-build store the pak (without --no-attach), or pin the image there")
            : new PakFinding(
                "stored pak", FindingOutcome.Failed, $"the registry has {stored.Count} beside the image, and this file is none of them",
                "compare it with what was built: it was changed since, or made with other content for the same image");
    }

    private static async Task<PakFinding> FindSignatureAsync(
        ReferrerStore store, Reference image, PublicKey? signer, CancellationToken cancellationToken)
    {
        var digest = image.Digest!.Value;
        var signed = await store.ListAsync(digest, SignatureBundle.MediaType, cancellationToken);
        if (signer is null)
            return signed.Count == 0
                ? new PakFinding("signature", FindingOutcome.Unknown, "the image is not signed")
                : new PakFinding(
                    "signature", FindingOutcome.Warning, $"the image has {signed.Count}, not verified", "give the public key of whom you trust with --key");
        return await ImageSignature.FindAsync(store, digest, signer.Verify, cancellationToken) is { } good
            ? new PakFinding("signature", FindingOutcome.Passed, $"the image is signed with that key ({good})")
            : new PakFinding(
                "signature", FindingOutcome.Failed,
                signed.Count == 0 ? "the image is not signed" : $"none of the {signed.Count} of the image is of that key",
                "ask whoever built it for the right key, or to sign the image (mp-build --sign)");
    }

    private async Task<Digest> HashAsync(CancellationToken cancellationToken)
    {
        await using var file = PakReader.OpenFile(options.Pak);
        return Digest.FromHash(DigestAlgorithm.Sha256, await SHA256.HashDataAsync(file, cancellationToken));
    }
}
