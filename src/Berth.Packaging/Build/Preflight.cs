using Berth.Packaging.Attach;
using Berth.Packaging.Doctor;
using Berth.Packaging.Engine;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>
/// Finds out before anything is built or pushed what would fail later: in the project, at the engine, at the registries. What can be looked
/// at is looked at although something else is wrong, so that all of it is said at once.
/// </summary>
internal sealed class Preflight(
    PackOptions options, IPackQuestions questions, IPackObserver observer, PackStageRunner stages, TimeProvider time)
{
    private const int MostLogins = 3;

    private readonly PackProblems _problems = new();

    /// <exception cref="PackException">All that is wrong.</exception>
    public async Task<PackSite> RunAsync(CancellationToken cancellationToken)
    {
        var project = await _problems.CollectAsync(ReadProjectAsync);
        _problems.ThrowIfAny(PackFailure.Usage);
        var repositories = _problems.Collect(() => Resolve(project));
        var plan = project is null || repositories is null
            ? null
            : _problems.Collect(() => PackPlan.Of(project, repositories, options, observer.Note));
        var signing = options.SigningKey is { } key
            ? _problems.Collect(() => SigningKey.Load(key, Environment.GetEnvironmentVariable))
            : null;
        var engine = NeedsEngine(plan) ? await _problems.CollectAsync(() => ConnectAsync(cancellationToken)) : null;
        var registries = repositories is null ? null : await CheckAsync(repositories, cancellationToken);
        try
        {
            _problems.ThrowIfAny();
            return new PackSite(plan!, engine, registries!, signing);
        }
        catch
        {
            engine?.Dispose();
            registries?.Dispose();
            signing?.Dispose();
            throw;
        }
    }

    private bool NeedsEngine(PackPlan? plan) => options.Image is null || plan is { Describe.IsStatic: false };

    /// <summary>Once more, where the person says that the manifest names the wrong adapter and that is all that is wrong.</summary>
    private async Task<PackProject> ReadProjectAsync()
    {
        while (true)
        {
            try
            {
                return await stages.RunAsync(
                    PackStage.ReadProject,
                    () => Task.FromResult(PackProject.Open(options.Project, observer.Note, builds: options.Image is null)),
                    read => $"{read.Manifest.AdapterKind} {read.Manifest.Version}");
            }
            catch (PackException e)
            {
                if (e.KindMismatch is not { } mismatch || !questions.CorrectKind(mismatch.Manifest, mismatch.Describe))
                    throw;
                ManifestEdit.SetAdapterKind(PackProject.Locate(options.Project), mismatch.Describe);
            }
        }
    }

    /// <summary>Between the stages, since it may have to ask.</summary>
    /// <returns>Null when config.json, which may name them, is not valid: that has been said.</returns>
    private Repositories? Resolve(PackProject? project)
    {
        var config = project?.Config ?? PackConfig.TryRead(options.Project ?? ".");
        if (config is null && string.IsNullOrWhiteSpace(options.Repository))
            return null;
        var prefix = UserSettings.Read(options.Home, observer.Note).RepositoryPrefix;
        var suggestion = prefix is null || project is null ? null : prefix + project.Manifest.AdapterKind.ToLowerInvariant();
        // Of a project that is not valid the repository is wanted for the registry's check alone.
        return Repositories.Resolve(options, config ?? PackConfig.Default, project is null ? NoQuestions.Instance : questions, suggestion);
    }

    private async Task<ContainerEngine> ConnectAsync(CancellationToken cancellationToken)
    {
        var engine = await stages.RunAsync(
            PackStage.Engine, () => ContainerEngine.ConnectAsync(EngineDiscovery.Find(), cancellationToken), connected => connected.Info.ToString());
        try
        {
            await Leftovers.RemoveAsync(engine, AdapterStep.ToolName, observer.Note, cancellationToken);
        }
        catch (EngineException e)
        {
            observer.Note($"what killed runs may have left is not looked for: {e.Message}");
        }

        return engine;
    }

    /// <summary>Looks at the registries, with the login that was given or is stored; where that may not push, with those that the person types.</summary>
    private async Task<RegistryPair> CheckAsync(Repositories repositories, CancellationToken cancellationToken)
    {
        var login = options.Login;
        for (var asked = 0; ; asked++)
        {
            var registries = RegistryPair.Open(options, repositories, login, time);
            var report = await stages.RunAsync(
                PackStage.CheckRegistry, () => new RegistryCheck(registries.CheckOptions).RunAsync(cancellationToken), Summary,
                checkedUp => !checkedUp.Blocking(options.Unverified).Any());
            var blocking = report.Blocking(options.Unverified).ToList();
            var refused = blocking.Find(finding => finding.Step is RegistryCheckStep.Push);
            login = refused is null || asked == MostLogins ? null : questions.Login(repositories.Push.Registry, refused.Line);
            if (login is null)
            {
                Take(report, blocking);
                return registries;
            }

            registries.Dispose();
        }
    }

    private void Take(RegistryReport report, IReadOnlyList<RegistryFinding> blocking)
    {
        foreach (var finding in report.Findings.Where(finding => finding.Outcome is FindingOutcome.Warning))
            observer.Note(finding.Line);
        foreach (var finding in report.Findings.Where(finding => finding.Outcome is FindingOutcome.Failed).Except(blocking))
            observer.Note(finding.Line);
        foreach (var finding in blocking)
            _problems.Add(new PackException(finding.Failure, finding.Line));
    }

    private static string Summary(RegistryReport report) => string.Join(", ", Enum.GetValues<RegistryRequirement>().Select(
        requirement => $"{requirement.ToString().ToLowerInvariant()} {report[requirement].Name()}"));
}
