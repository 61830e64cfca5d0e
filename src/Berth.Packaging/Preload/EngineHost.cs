namespace Berth.Packaging.Preload;

/// <summary>What an engine's machine says of names: where they lead, and what is trusted there.</summary>
internal sealed record EngineHost(HostsFile Names, TrustDirectory Trust)
{
    public static EngineHost Of(PreloadOptions options, TimeProvider time) =>
        new(new HostsFile(options.HostsFile, time), new TrustDirectory(options.TrustDirectory));

    /// <summary>Takes away what runs left that were killed.</summary>
    public Task RemoveLeftoversAsync(Action<string> note, CancellationToken cancellationToken)
    {
        Trust.RemoveLeftovers(note);
        return Names.RemoveLeftoversAsync(note, cancellationToken);
    }
}
