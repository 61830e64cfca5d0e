using Berth.Oci.Client;
using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Build;

/// <summary>Runs the stages one by one, measures and reports them, and gives each failure its meaning.</summary>
internal sealed class PackStageRunner(IPackObserver observer, TimeProvider time)
{
    /// <param name="describe">The line about a stage that succeeded.</param>
    /// <param name="isGood">Whether the stage succeeded, where it ends with a result also if it did not.</param>
    /// <exception cref="PackException">The stage failed in a way that was foreseen.</exception>
    public async Task<T> RunAsync<T>(PackStage stage, Func<Task<T>> work, Func<T, string> describe, Func<T, bool>? isGood = null)
    {
        observer.Started(stage);
        var started = time.GetTimestamp();
        try
        {
            var result = await work();
            observer.Ended(stage, isGood?.Invoke(result) ?? true, time.GetElapsedTime(started), describe(result));
            return result;
        }
        catch (Exception e)
        {
            observer.Ended(stage, succeeded: false, time.GetElapsedTime(started), "");
            if (e is EngineException or AdapterException or RegistryException or IOException or UnauthorizedAccessException)
                throw new PackException(stage.Failure(), e.Message, e);
            throw;
        }
    }
}
