using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>Reads the engine's stream of messages during a pull. A failure comes in it, under status 200.</summary>
internal sealed class PullMessages(IProgress<PullProgress>? progress) : IProgress<JSONMessage>
{
    private const string Downloading = "Downloading";

    private readonly Dictionary<string, JSONProgress> _layers = new(StringComparer.Ordinal);

    public string? Error { get; private set; }

    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
            Error = OneLine.Of(error.Message);
        if (progress is null || value is not { ID: { } layer, Status: Downloading, Progress: { } bytes })
            return;
        _layers[layer] = bytes;
        progress.Report(new PullProgress(_layers.Values.Sum(l => l.Current ?? 0), _layers.Values.Sum(l => l.Total ?? 0)));
    }
}
