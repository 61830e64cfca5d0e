using System.Xml.Linq;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>The project's own describeSchema.xsd.</summary>
/// <remarks>
/// It is XSD 1.0 but for one assertion of XSD 1.1, which says that a metric is no string. That one is taken out before the schema is
/// compiled and held in code (<see cref="StringMetrics"/>).
/// </remarks>
internal sealed class DescribeSchema
{
    public const string Name = "conf/describeSchema.xsd";

    public const int MaxMebibytes = 32;

    private readonly XmlSchemaFile _schema;

    private DescribeSchema(XmlSchemaFile schema) => _schema = schema;

    /// <returns>Null when the file is no schema for describe.xml: then that is among the findings.</returns>
    public static DescribeSchema? Load(string project, Findings findings)
    {
        if (ProjectFile.Read(project, Name, MaxMebibytes, findings) is not { } file || XmlSchemaFile.Load(file, findings) is not { } schema)
            return null;
        if (schema.Defines(DescribeWriter.Namespace + "AdapterKind"))
            return new DescribeSchema(schema);
        findings.Problem(
            Name, $"does not define AdapterKind in {DescribeWriter.Namespace.NamespaceName}; take the file from the SDK's template again");
        return null;
    }

    /// <summary>Validates a describe.xml of the project.</summary>
    /// <returns>Null when it is not well-formed, or no describe.xml at all.</returns>
    public DescribeDocument? Validate(ProjectFile file, Findings findings) =>
        ProjectXml.Load(file, findings) is { } xml ? Validate(new DescribeDocument(xml, file.Name), findings) : null;

    /// <summary>Validates one that was made: what is wrong is named by its place, as nobody can look at its lines.</summary>
    public DescribeDocument? Validate(byte[] made, string name, Findings findings)
    {
        using var bytes = new MemoryStream(made, writable: false);
        return Validate(new DescribeDocument(XDocument.Load(bytes), name), findings);
    }

    private DescribeDocument? Validate(DescribeDocument document, Findings findings)
    {
        _schema.Validate(document.Xml, document.Place, findings);
        foreach (var metric in StringMetrics(document.Xml))
        {
            var key = Quote.Short((string?)metric.Attribute("key"));
            findings.Problem($"{document.Place(metric)}: attribute '{key}' is a metric of type string; a metric has a number");
        }

        return _schema.Defines(document.Root.Name) ? document : null;
    }

    private static IEnumerable<XElement> StringMetrics(XDocument document) =>
        document.Descendants(DescribeWriter.Namespace + "ResourceAttribute")
            .Where(attribute => attribute.Attribute("isProperty") is null && (string?)attribute.Attribute("dataType") == "string");
}
