using Berth.Packaging.Adapter;
using Berth.Packaging.Describe;
using Berth.Packaging.Install;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>Gets the description of the adapter, from the project or from the adapter itself, and checks it.</summary>
/// <remarks>A describe.xml of the project was checked when the project was opened.</remarks>
internal sealed class DescribeStep
{
    private const string GeneratedName = "describe.xml from the adapter's definition";
    private const string GeneratedLabels = "its labels";

    private readonly PackProject _project;

    public DescribeStep(PackProject project)
    {
        _project = project;
        IsStatic = File.Exists(project.StaticDescribeFile);
    }

    public bool IsStatic { get; }

    /// <param name="accept">
    /// Asked when all is well but that the adapter has another key than the manifest says; the description then names the key. Null: no.
    /// </param>
    /// <param name="note">Told of what is left out.</param>
    /// <returns>Null when the project's own files stay.</returns>
    /// <exception cref="PackException">The adapter has no definition, or not a valid one.</exception>
    public async Task<GeneratedDescribe?> RunAsync(
        RunningAdapter adapter,
        CancellationToken cancellationToken,
        Func<AdapterKindMismatch, bool>? accept = null,
        Action<string>? note = null)
    {
        if (IsStatic)
            return null;
        var definition = await adapter.AskAsync(api => api.GetDefinitionAsync(cancellationToken), cancellationToken)
            ?? throw new PackException(
                PackFailure.Validation,
                $"the adapter gives no definition (GET {AdapterRoute.Definition.Path} answers 204) and the project has no conf/describe.xml;"
                + " one of the two is needed");
        return Make(definition, accept, note);
    }

    /// <param name="definition">What the adapter answered.</param>
    /// <exception cref="PackException">It is not valid.</exception>
    internal GeneratedDescribe Make(ReadOnlySpan<byte> definition, Func<AdapterKindMismatch, bool>? accept = null, Action<string>? note = null)
    {
        var findings = new Findings();
        // What is to be said of the fragments themselves was said when the project was opened.
        var fragments = DescribeFragments.Read(_project.Directory, new Findings());
        var describe = DescribeWriter.Write(DefinitionReader.Read(definition), fragments, findings);
        if (describe is not null)
            Check(describe, findings);
        foreach (var text in findings.ToReport().Notes)
            note?.Invoke(text);
        if (!findings.IsKindMismatchAlone || accept?.Invoke(findings.KindMismatch!) is not true)
            findings.ThrowIfProblems();
        return describe!;
    }

    private void Check(GeneratedDescribe describe, Findings findings)
    {
        var document = DescribeSchema.Load(_project.Directory, findings)?.Validate(describe.Xml, GeneratedName, findings);
        if (document is null)
            return;
        var target = new DescribeTarget(_project.Directory, _project.Manifest);
        new DescribeRules(document, GeneratedLabels, describe.LabelKeys, findings).Check(target);
    }
}
