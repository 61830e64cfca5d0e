using Berth.Packaging.Adapter;
using Berth.Packaging.Describe;
using Berth.Packaging.Install;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>Gets the description of the adapter, from the project or from the adapter itself, and checks it.</summary>
internal sealed class DescribeStep
{
    private const string StaticName = "conf/describe.xml";
    private const string GeneratedName = "describe.xml from the adapter's definition";

    private readonly PackProject _project;
    private readonly DescribeSchema _schema;

    /// <summary>Loads the schema and checks a describe.xml of the project at once: neither needs the adapter.</summary>
    /// <exception cref="PackException">One of them is not valid.</exception>
    public DescribeStep(PackProject project)
    {
        _project = project;
        _schema = DescribeSchema.Load(project.SchemaFile);
        IsStatic = File.Exists(project.StaticDescribeFile);
        if (!IsStatic)
            return;
        using var file = File.OpenRead(project.StaticDescribeFile);
        Check(file, StaticName);
    }

    public bool IsStatic { get; }

    /// <returns>Null when the project's own files stay.</returns>
    /// <exception cref="PackException">The adapter has no definition, or not a valid one.</exception>
    public async Task<GeneratedDescribe?> RunAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        if (IsStatic)
            return null;
        var definition = await adapter.AskAsync(api => api.GetDefinitionAsync(cancellationToken), cancellationToken)
            ?? throw new PackException(
                PackFailure.Validation,
                $"the adapter gives no definition (GET {AdapterRoute.Definition.Path} answers 204) and the project has no {StaticName}; one of the two is needed");
        var describe = DescribeWriter.Write(DefinitionReader.Read(definition));
        Check(new MemoryStream(describe.Xml), GeneratedName);
        return describe;
    }

    private void Check(Stream xml, string name)
    {
        var (document, problems) = _schema.Validate(xml, name);
        var all = problems.Concat(DescribeRules.Check(document, name, _project.Manifest.AdapterKind)).ToList();
        if (all.Count > 0)
            throw new PackException(PackFailure.Validation, all);
    }
}
