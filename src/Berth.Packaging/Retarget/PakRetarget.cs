using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Build;
using Berth.Packaging.Conf;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Retarget;

/// <summary>Makes of a pak the same one that pulls its image from another registry, by the same digest. Nothing is built.</summary>
public sealed class PakRetarget(RetargetOptions options, TimeProvider time)
{
    /// <exception cref="PackException">There is no new pak, and no file was touched.</exception>
    public async Task<RetargetResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = await PakConf.ReadAsync(options.Pak, cancellationToken);
            var conf = content.Conf with { Registry = options.Registry, Repository = options.Repository ?? content.Conf.Repository };
            var target = new RetargetFile(options);
            target.Check();
            var note = await ProveAsync(conf, cancellationToken);
            target.Write(content.Retargeted(conf));
            return new RetargetResult(target.FullPath, conf.PullReference, conf.Digest, note);
        }
        catch (PakException e)
        {
            throw new PackException(PackFailure.Validation, e.Message, e);
        }
    }

    /// <returns>Why it is not proven; null when it is.</returns>
    private async Task<string?> ProveAsync(ConfFile conf, CancellationToken cancellationToken)
    {
        if (conf.PullReference is not { } reference)
            return "the pak names no registry: it works only where an administrator has set the appliance's default registry to one with the image";
        using var registry = new RegistryClient(reference.Registry, AnonymousCredentialSource.Instance, new RegistryClientOptions
        {
            InsecureHosts = options.InsecureHosts,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            StallTimeout = TimeSpan.FromSeconds(15),
            TimeProvider = time,
        });
        var problem = await ProblemAsync(reference, registry, cancellationToken);
        if (problem is null || options.Unverified)
            return problem is null ? null : $"not proven, as --unverified asks: {problem}";
        throw new PackException(PackFailure.Verify, $"{problem}; --unverified makes the pak all the same");
    }

    private static async Task<string?> ProblemAsync(Reference reference, RegistryClient registry, CancellationToken cancellationToken)
    {
        var where = reference with { Digest = null };
        try
        {
            var proof = await new AnonymousPull(where, registry).ProveAsync(reference.Digest!.Value, cancellationToken);
            return proof.Fault switch
            {
                PullFault.Absent =>
                    $"{reference} is not there: copy the image to it with its digest unchanged ('skopeo copy --preserve-digests' or 'crane copy') first",
                PullFault.Unreachable => $"{reference.Registry} cannot be reached from here: {proof.Cause!.Message}",
                _ => proof.Problem,
            };
        }
        catch (RegistryException e)
        {
            return e.Message;
        }
    }
}
