using Berth.Packaging.Conf;
using Berth.Packaging.Engine;
using Berth.Packaging.Install;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>Runs the image for as long as it takes to ask the adapter for its API version and its description.</summary>
internal sealed class AdapterStep(
    PackPlan plan, PackOptions options, IPackQuestions questions, PackStageRunner stages, IPackObserver observer, TimeProvider time)
{
    internal const string ToolName = "mp-build";

    /// <returns>The plan, with the description in its content, and the version of the API.</returns>
    /// <exception cref="PackException">The adapter did not come up, or what it says is not valid.</exception>
    public async Task<(PackPlan Plan, ApiVersion Version)> RunAsync(ContainerEngine engine, EngineImage image, CancellationToken cancellationToken)
    {
        var spec = Spec(image, HostPort.Choose(options.HostPort ?? UserSettings.Read(options.Home, _ => { }).ContainerPort, observer.Note));
        var (adapter, version) = await stages.RunAsync(
            PackStage.StartAdapter, () => StartAsync(engine, spec, cancellationToken), started => $"API version {started.Version}");
        try
        {
            return (await DescribeAsync(adapter, cancellationToken), version);
        }
        finally
        {
            await RemoveAsync(adapter);
        }
    }

    private async Task<PackPlan> DescribeAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        AdapterKindMismatch? mismatch = null;
        var describe = await stages.RunAsync(
            PackStage.Describe,
            () => plan.Describe.RunAsync(adapter, cancellationToken, found => questions is not NoQuestions && (mismatch = found) is not null, observer.Note),
            made => made is null ? "conf/describe.xml of the project" : "from the adapter's definition");
        var described = mismatch is null ? plan : Corrected(mismatch);
        if (describe is not null)
            described.Content.Put(describe);
        return described;
    }

    /// <summary>The pak is made for what the adapter calls itself, once the person has said that the manifest is what is wrong.</summary>
    private PackPlan Corrected(AdapterKindMismatch mismatch)
    {
        if (!questions.CorrectKind(mismatch.Manifest, mismatch.Describe))
            throw new PackException(PackFailure.Validation, mismatch.ToString()) { KindMismatch = mismatch };
        var project = plan.Project.WithAdapterKind(mismatch.Describe);
        return plan with { Project = project, Content = new PakContent(project, _ => { }) };
    }

    private async Task<(RunningAdapter Adapter, ApiVersion Version)> StartAsync(
        ContainerEngine engine, ContainerSpec spec, CancellationToken cancellationToken)
    {
        // Plain HTTP is what an adapter serves when no certificate is put into it, whatever the platform will use.
        var adapter = await RunningAdapter.CreateAsync(engine, spec, ApiProtocol.Http, time, cancellationToken);
        try
        {
            await adapter.Container.StartAsync(cancellationToken);
            return (adapter, await adapter.WaitUntilReadyAsync(cancellationToken));
        }
        catch
        {
            await RemoveAsync(adapter);
            throw;
        }
    }

    /// <remarks>
    /// Also after Ctrl-C. A container that cannot be removed is no reason to throw away what was learned from it, or to hide a failure.
    /// </remarks>
    private async Task RemoveAsync(RunningAdapter adapter)
    {
        try
        {
            await adapter.DisposeAsync();
        }
        catch (EngineException e)
        {
            observer.Note($"the container {adapter.Container.Name} is left behind: {e.Message}");
        }
    }

    private ContainerSpec Spec(EngineImage image, int? hostPort) => new()
    {
        Image = image.Id,
        Port = ApiProtocol.Http.Port(),
        HostPort = hostPort,
        MemoryMegabytes = plan.Project.Config.MemoryLimit,
        Labels = new Dictionary<string, string>
        {
            [ContainerLabels.Tool] = ToolName,
            [ContainerLabels.Process] = ProcessMark.Own ?? "",
            [ContainerLabels.AdapterKind] = plan.Project.Manifest.AdapterKind,
        },
    };
}
