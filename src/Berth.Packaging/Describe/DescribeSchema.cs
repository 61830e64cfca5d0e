using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Berth.Oci;

namespace Berth.Packaging.Describe;

/// <summary>The project's own describeSchema.xsd.</summary>
/// <remarks>
/// It is XSD 1.0 but for one assertion of XSD 1.1, which says that a metric is no string. That one is taken out before the schema is
/// compiled and held in code (<see cref="StringMetrics"/>).
/// </remarks>
internal sealed class DescribeSchema
{
    private const long MaxCharacters = 32 * 1024 * 1024;

    private static readonly XNamespace Xs = XmlSchema.Namespace;

    private readonly XmlSchemaSet _schemas;

    private DescribeSchema(XmlSchemaSet schemas) => _schemas = schemas;

    /// <exception cref="PackException">The file is no schema for describe.xml.</exception>
    public static DescribeSchema Load(string path)
    {
        var name = $"conf/{Path.GetFileName(path)}";
        try
        {
            var document = LoadXml(XmlReader.Create(path, Settings()));
            document.Descendants(Xs + "assert").Remove();
            var schemas = new XmlSchemaSet { XmlResolver = null };
            schemas.Add(null, document.CreateReader());
            schemas.Compile();
            return schemas.GlobalElements.Contains(new XmlQualifiedName("AdapterKind", DescribeWriter.Namespace.NamespaceName))
                ? new DescribeSchema(schemas)
                : throw new PackException(
                    PackFailure.Validation, $"{name} does not define AdapterKind in {DescribeWriter.Namespace.NamespaceName}");
        }
        catch (Exception e) when (e is XmlException or XmlSchemaException or IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Validation, $"{name} is not a usable XML schema: {e.Message}", e);
        }
    }

    /// <param name="xml">A describe.xml.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>The document, and what is wrong with it, each with its line.</returns>
    /// <exception cref="PackException">It is not well-formed.</exception>
    public (XDocument Document, IReadOnlyList<string> Problems) Validate(Stream xml, string name)
    {
        var problems = new List<string>();
        XDocument document;
        try
        {
            document = LoadXml(XmlReader.Create(xml, Settings()));
        }
        catch (XmlException e)
        {
            throw new PackException(PackFailure.Validation, $"{name}: not well-formed XML: {e.Message}", e);
        }

        document.Validate(_schemas, (sender, e) => problems.Add(Located(name, sender as XObject, e.Message)));
        problems.AddRange(StringMetrics(document).Select(metric => Located(
            name, metric, $"attribute '{Quote.Short((string?)metric.Attribute("key"))}' is a metric of type string; a metric has a number")));
        return (document, problems);
    }

    private static IEnumerable<XElement> StringMetrics(XDocument document) =>
        document.Descendants(DescribeWriter.Namespace + "ResourceAttribute")
            .Where(attribute => attribute.Attribute("isProperty") is null && (string?)attribute.Attribute("dataType") == "string");

    private static string Located(string name, XObject? place, string problem) =>
        place is IXmlLineInfo info && info.HasLineInfo() ? $"{name}: line {info.LineNumber}: {problem}" : $"{name}: {problem}";

    private static XmlReaderSettings Settings() =>
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters };

    private static XDocument LoadXml(XmlReader reader)
    {
        using (reader)
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }
}
