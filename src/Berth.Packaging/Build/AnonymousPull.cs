using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Build;

/// <summary>Does what a Cloud Proxy will do, as far as that is possible without one: asks for the image with no login.</summary>
/// <param name="platform">What the image has to be for; null: a Cloud Proxy.</param>
internal sealed class AnonymousPull(Reference repository, RegistryClient registry, Platform? platform = null)
{
    private const int MaxConfigBytes = 8 * 1024 * 1024;

    private readonly Platform _wanted = platform ?? Platform.CloudProxy;

    /// <returns>How many blobs were found beside the manifest.</returns>
    /// <exception cref="PackException">A Cloud Proxy could not pull the image, or not run it.</exception>
    public async Task<int> VerifyAsync(Digest digest, CancellationToken cancellationToken) =>
        (await VerifyAsync(digest, unverified: false, cancellationToken)).Blobs;

    /// <param name="unverified">A pull host that cannot be reached from here is no failure: the proof then has that fault.</param>
    /// <exception cref="PackException">A Cloud Proxy could not pull the image, or not run it.</exception>
    public async Task<PullProof> VerifyAsync(Digest digest, bool unverified, CancellationToken cancellationToken)
    {
        var proof = await ProveAsync(digest, cancellationToken);
        if (proof.Fault is null || (unverified && proof.Fault is PullFault.Unreachable))
            return proof;
        throw new PackException(PackFailure.Verify, proof.Problem!, proof.Cause);
    }

    /// <summary>Looks at everything but keeps nothing. Only what says nothing about the image is thrown.</summary>
    /// <exception cref="RegistryException">The registry fails, limits requests, or does not speak its protocol.</exception>
    public async Task<PullProof> ProveAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await GetAsync(digest, cancellationToken);
            if (manifest.IsIndex)
                manifest = await GetAsync(ForPlatform(manifest, digest).Digest, cancellationToken);
            await CheckBlobsAsync(manifest, cancellationToken);
            await CheckPlatformAsync(manifest, digest, cancellationToken);
            return new PullProof(manifest.RequiredBlobs.Count()) { Bytes = manifest.RequiredBlobs.Sum(blob => blob.Size) };
        }
        catch (PullFaultException e)
        {
            return new PullProof(0, e.Fault, e.Message, e);
        }
        catch (RegistryException e) when (e.Reason is RegistryFailure.Unauthorized or RegistryFailure.Denied)
        {
            return new PullProof(
                0,
                PullFault.Private,
                $"{repository} cannot be pulled without a login, which is how a Cloud Proxy pulls; make the repository public at {repository.Registry}: {e.Message}",
                e);
        }
        catch (RegistryException e) when (IsUnreachable(e))
        {
            return new PullProof(0, PullFault.Unreachable, Unreachable(e), e);
        }
    }

    private async Task<Manifest> GetAsync(Digest digest, CancellationToken cancellationToken)
    {
        var fetched = await registry.GetManifestAsync(repository.Repository, ManifestReference.To(digest), cancellationToken)
            ?? throw new PullFaultException(
                PullFault.Absent,
                $"{repository.At(digest)} is not there although the image was pushed; the appliance's repository and the one that is pushed to must hold the same images");
        return Manifest.TryParse(fetched.Bytes.Span, fetched.MediaType, out var manifest, out var problem)
            ? manifest
            : throw new PullFaultException(PullFault.NoImage, $"{repository.At(digest)}: {problem}");
    }

    private Descriptor ForPlatform(Manifest index, Digest digest) =>
        index.Manifests.FirstOrDefault(child => child.Platform is { } found && IsWanted(found))
        ?? throw WrongPlatform(digest, string.Join(", ", index.Manifests.Select(child => child.Platform?.ToString() ?? "no platform")));

    private async Task CheckPlatformAsync(Manifest manifest, Digest digest, CancellationToken cancellationToken)
    {
        if (manifest.Config is not { } config)
            throw new PullFaultException(PullFault.NoImage, $"{repository.At(digest)} has no image configuration, so it is no image");
        await using var blob = await registry.OpenBlobAsync(repository.Repository, config.Digest, cancellationToken, config.Size)
            ?? throw Missing(config.Digest);
        var found = await ImageConfig.ReadPlatformAsync(blob, MaxConfigBytes, cancellationToken)
            ?? throw new PullFaultException(PullFault.NoImage, $"{repository.At(digest)}: its image configuration names no platform");
        if (!IsWanted(found))
            throw WrongPlatform(digest, found.ToString());
    }

    private async Task CheckBlobsAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        foreach (var blob in manifest.RequiredBlobs)
        {
            if (await registry.FindBlobAsync(repository.Repository, blob.Digest, cancellationToken) is null)
                throw Missing(blob.Digest);
        }
    }

    private bool IsWanted(Platform found) => found with { Variant = _wanted.Variant } == _wanted;

    private static bool IsUnreachable(RegistryException e) =>
        e.Reason is RegistryFailure.Unreachable or RegistryFailure.NameNotResolved or RegistryFailure.Tls;

    private PullFaultException WrongPlatform(Digest digest, string found) => new(
        PullFault.Platform,
        $"{repository.At(digest)} is for {found}, and {(_wanted == Platform.CloudProxy ? "a Cloud Proxy runs" : "the pak is to be for")} {_wanted} only; build for that platform");

    private PullFaultException Missing(Digest blob) => new(
        PullFault.Incomplete,
        $"{repository}: the blob {blob} of the image cannot be pulled; the registry's copy is not complete, push again");

    private string Unreachable(RegistryException e) =>
        $"{repository.Registry}, from which the appliance is to pull, cannot be reached from here, so that no pak can be proven to work; "
        + $"--unverified makes one all the same: {e.Message}";
}
