using System.Security.Cryptography;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Attach;

/// <summary>Stores a pak in the registry, as an artifact that refers to the image that the pak names.</summary>
/// <param name="repository">Where the image was pushed to.</param>
internal sealed class PakAttachment(Reference repository, RegistryClient registry)
{
    public const string ArtifactType = MediaTypes.ManagementPack;
    public const string LayerType = "application/vnd.berth.pak.v1.layer+zip";
    public const string KindAnnotation = "vnd.berth.pak.adapter-kind";
    public const string VersionAnnotation = "vnd.berth.pak.version";
    public const string PullAnnotation = "vnd.berth.pak.pull-reference";

    private const string TitleAnnotation = "org.opencontainers.image.title";

    /// <param name="pak">Full path of the pak; it is good whatever comes of this.</param>
    /// <param name="conf">What stands in it.</param>
    /// <param name="version">The pack's version.</param>
    /// <param name="sourceDateEpoch">SOURCE_DATE_EPOCH as it stands in the environment: the only time that the artifact may carry.</param>
    /// <returns>A registry that does not take artifacts is a note, and no failure.</returns>
    /// <exception cref="PackException">The pak cannot be read.</exception>
    public async Task<AttachResult> StoreAsync(
        string pak, ConfFile conf, string version, string? sourceDateEpoch, CancellationToken cancellationToken)
    {
        try
        {
            var store = new ReferrerStore(registry, repository.Repository);
            var subject = await store.FindSubjectAsync(conf.Digest, cancellationToken);
            var referrer = new Referrer(ArtifactType, subject, await LayerAsync(pak, cancellationToken));
            Annotate(referrer, conf, version, sourceDateEpoch);
            var (digest, isNew) = await store.PutAsync(referrer, cancellationToken);
            return new AttachResult(digest, isNew, null);
        }
        catch (RegistryException e)
        {
            return new AttachResult(
                null, false, $"the pak is written, but not stored in the registry beside its image (--no-attach does not try): {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Push, $"{pak} cannot be read to store it in the registry: {e.Message}", e);
        }
    }

    private static async Task<ReferrerLayer> LayerAsync(string pak, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(pak);
        var digest = Digest.FromHash(DigestAlgorithm.Sha256, await SHA256.HashDataAsync(content, cancellationToken));
        var title = new Dictionary<string, string> { [TitleAnnotation] = Path.GetFileName(pak) };
        return new ReferrerLayer(new Descriptor(LayerType, digest, content.Length) { Annotations = title }, () => File.OpenRead(pak));
    }

    private static void Annotate(Referrer referrer, ConfFile conf, string version, string? sourceDateEpoch)
    {
        referrer.Annotations[KindAnnotation] = conf.AdapterKind;
        referrer.Annotations[VersionAnnotation] = version;
        referrer.Annotations[PullAnnotation] = conf.PullReference?.ToString() ?? $"/{conf.Repository}@{conf.Digest}";
        CreationTime.Put(referrer, sourceDateEpoch);
    }
}
