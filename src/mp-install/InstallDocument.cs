using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>The result in the form of <c>--output json</c>; a failed installation has <see cref="Error"/> and no result.</summary>
internal sealed record InstallDocument(string Pak, int ExitCode, IReadOnlyList<StageDocument> Stages, IReadOnlyList<string> Notes)
{
    public string? Error { get; init; }

    public string? AdapterKind { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Reference { get; init; }

    public string? Digest { get; init; }

    public bool? Pulled { get; init; }

    /// <summary>Null when nothing was pulled.</summary>
    public bool? Anonymous { get; init; }

    public string? Container { get; init; }

    public bool? Kept { get; init; }

    public string? ApiVersion { get; init; }

    public IReadOnlyList<string>? EndpointUrls { get; init; }

    public CollectSummary? Collected { get; init; }

    /// <summary>Each collection in its order.</summary>
    public IReadOnlyList<CollectionDocument>? Collections { get; init; }

    public static InstallDocument Of(InstallResult result, int exitCode, IEnumerable<StageReport> stages, IReadOnlyList<string> notes) =>
        new(result.Pak, exitCode, Convert(stages), notes)
    {
        AdapterKind = result.AdapterKind,
        Name = result.Name,
        Version = result.Version,
        Reference = result.Reference,
        Digest = result.Digest.ToString(),
        Pulled = result.Pulled,
        Anonymous = result.Pulled ? result.Anonymous : null,
        Container = result.Container,
        Kept = result.Kept,
        ApiVersion = result.ApiVersion,
        EndpointUrls = result.EndpointUrls,
        Collected = result.Collected,
        Collections = [.. result.Collections.Select(CollectionDocument.Of)],
        Error = result.Failure?.Message,
    };

    public static InstallDocument OfFailure(string pak, int exitCode, string error, IEnumerable<StageReport> stages, IReadOnlyList<string> notes) =>
        new(pak, exitCode, Convert(stages), notes) { Error = error };

    private static List<StageDocument> Convert(IEnumerable<StageReport> stages) =>
        [.. stages.Select(stage => new StageDocument(
            stage.Stage.Name(), stage.Succeeded, Math.Round(stage.Elapsed.TotalSeconds, 3), stage.Detail))];
}
