using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>An XML schema of the project's own.</summary>
internal sealed class XmlSchemaFile
{
    private const int LongestMessage = 400;

    private static readonly XNamespace Xs = XmlSchema.Namespace;

    /// <summary>The validator tells of it in no other way.</summary>
    private const string DanglingReference = "Reference to undeclared ID";

    private readonly XmlSchemaSet _schemas;

    private XmlSchemaFile(XmlSchemaSet schemas) => _schemas = schemas;

    /// <returns>Null when it is no usable schema: then that is among the findings.</returns>
    /// <remarks>Assertions, which XSD 1.0 does not have, are taken out; who knows of one holds it in code.</remarks>
    public static XmlSchemaFile? Load(ProjectFile file, Findings findings)
    {
        if (ProjectXml.Load(file, findings) is not { } document)
            return null;
        document.Descendants(Xs + "assert").Remove();
        try
        {
            var schemas = new XmlSchemaSet { XmlResolver = null };
            schemas.Add(null, document.CreateReader());
            schemas.Compile();
            return new XmlSchemaFile(schemas);
        }
        catch (Exception e) when (e is XmlException or XmlSchemaException)
        {
            findings.Problem(file.Name, $"is not a usable XML schema: {Shown(e.Message)}");
            return null;
        }
    }

    public bool Defines(XName element) => _schemas.GlobalElements.Contains(new XmlQualifiedName(element.LocalName, element.NamespaceName));

    /// <summary>Validates as it reads: what is wrong is among the findings, each with its line.</summary>
    public void Validate(ProjectFile file, Findings findings)
    {
        if (!ProjectXml.CheckWellFormed(file, new Findings()) || !IsOfSchema(file, findings))
            return;
        var settings = ProjectXml.Settings(DtdProcessing.Prohibit);
        settings.ValidationType = ValidationType.Schema;
        settings.Schemas = _schemas;
        settings.ValidationEventHandler += (_, e) => Report(file, e.Exception, findings);
        Read(file, settings, findings, reader =>
        {
            while (reader.Read())
            {
                // Reading is the check.
            }
        });
    }

    /// <remarks>What a reference names may stand in another file: symptoms have a directory of their own.</remarks>
    private static void Report(ProjectFile file, XmlSchemaException problem, Findings findings)
    {
        var line = Math.Max(1, problem.LineNumber);
        if (problem.Message.StartsWith(DanglingReference, StringComparison.Ordinal))
            findings.Note(file.Name, line, $"{Shown(problem.Message)} It has to be in another file then.");
        else
            findings.Problem(file.Name, line, Shown(problem.Message));
    }

    private bool IsOfSchema(ProjectFile file, Findings findings)
    {
        var isOf = false;
        Read(file, ProjectXml.Settings(DtdProcessing.Prohibit), findings, reader =>
        {
            reader.MoveToContent();
            isOf = Defines(XName.Get(reader.LocalName, reader.NamespaceURI));
            if (!isOf)
                findings.Problem(file.Name, ((IXmlLineInfo)reader).LineNumber, Foreign(reader.LocalName));
        });
        return isOf;
    }

    private static void Read(ProjectFile file, XmlReaderSettings settings, Findings findings, Action<XmlReader> read)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(file.Bytes), settings);
            read(reader);
        }
        catch (XmlException e)
        {
            findings.Problem(file.Name, Math.Max(1, e.LineNumber), $"not well-formed XML: {ProjectXml.Reason(e)}");
        }
    }

    private static string Foreign(string root) => $"<{Quote.Short(root)}> is no document of its schema";

    /// <param name="place">Says where something is in the document.</param>
    public void Validate(XDocument document, Func<XObject?, string> place, Findings findings)
    {
        if (Defines(document.Root!.Name))
            document.Validate(_schemas, (sender, e) => findings.Problem($"{place(sender as XObject)}: {Shown(e.Message)}"));
        else
            findings.Problem($"{place(document.Root)}: {Foreign(document.Root.Name.LocalName)}");
    }

    /// <summary>The validator lists all that it would have taken, which may be very long.</summary>
    private static string Shown(string message) =>
        (message.Length <= LongestMessage ? message : message[..LongestMessage] + "…").ReplaceLineEndings(" ");
}
