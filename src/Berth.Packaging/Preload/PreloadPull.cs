using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>Passes on how far a pull is.</summary>
internal sealed class PreloadPull(IPreloadObserver observer) : IProgress<PullProgress>
{
    public void Report(PullProgress value) => observer.Pulling(value.Received, value.Expected);
}
