using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Install;

/// <summary>Runs the stages one by one, measures and reports them, and gives each failure its stage.</summary>
internal sealed class StageRunner(IInstallObserver observer, TimeProvider time)
{
    /// <param name="describe">The line about a stage that succeeded.</param>
    /// <exception cref="InstallException">The stage failed in a way that was foreseen.</exception>
    public async Task<T> RunAsync<T>(InstallStage stage, Func<Task<T>> work, Func<T, string> describe)
    {
        var started = time.GetTimestamp();
        try
        {
            var result = await work();
            observer.Ended(new StageReport(stage, true, time.GetElapsedTime(started), describe(result)));
            return result;
        }
        catch (Exception e)
        {
            var failure = Translate(stage, e);
            observer.Ended(new StageReport(failure?.Stage ?? stage, false, time.GetElapsedTime(started), string.Empty));
            if (failure is not null)
                throw failure;
            throw;
        }
    }

    private static InstallException? Translate(InstallStage stage, Exception e) => e switch
    {
        InstallException known => known,
        PullException { Failure: PullFailure.Platform } => new InstallException(InstallStage.Platform, e.Message, e),
        PakException or EngineException or PullException or AdapterException or ConnectionException =>
            new InstallException(stage, e.Message, e) { Failure = InstallFailures.Of(e) },
        _ => null,
    };
}
