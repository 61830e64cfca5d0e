using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Doctor;

/// <summary>Whether the container engine of this host has an image, or gets to it by itself: with its own names, network and certificates.</summary>
internal sealed class EngineCheck(Reference image, PakCheckOptions options)
{
    private const string Check = "engine";

    public async Task<IReadOnlyList<PakFinding>> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var engine = await ContainerEngine.ConnectAsync(EngineDiscovery.Find(), either.Token);
            var wanted = new PinnedImage($"{image.Registry}/{image.Repository}", image.Digest!.Value);
            var found = await engine.Images.FindAsync(wanted, either.Token);
            return [Lookup(engine, found), await ReachAsync(engine, wanted, found is not null, either.Token)];
        }
        catch (EngineException e)
        {
            return [new PakFinding(Check, FindingOutcome.Warning, "none could be asked on this host", e.Message)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [new PakFinding(Check, FindingOutcome.Warning, "the engine of this host gives no answer", "look into its log, and restart it")];
        }
    }

    private static PakFinding Lookup(ContainerEngine engine, EngineImage? found) => new(
        Check,
        FindingOutcome.Passed,
        found is null ? $"{engine.Info}: has not the image yet, and would pull it" : $"{engine.Info}: has the image by that digest, so nothing would be pulled");

    private static async Task<PakFinding> ReachAsync(ContainerEngine engine, PinnedImage wanted, bool isHere, CancellationToken cancellationToken)
    {
        // Podman's service has no such question.
        if (!engine.Info.PullsAnonymously)
            return new PakFinding(Check, FindingOutcome.Unknown, "podman cannot be asked whether it reaches the registry");
        try
        {
            await engine.Images.ReachAsync(wanted, cancellationToken);
            return new PakFinding(Check, FindingOutcome.Passed, "gets the manifest from the registry itself, without a login");
        }
        catch (PullException e)
        {
            var outcome = isHere ? FindingOutcome.Warning : FindingOutcome.Failed;
            return new PakFinding(Check, outcome, "does not get the manifest from the registry", e.Message);
        }
    }
}
