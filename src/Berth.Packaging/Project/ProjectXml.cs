using System.Xml;
using System.Xml.Linq;
using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>Reads XML of a project: nothing from outside, bounded in size and in depth.</summary>
internal static class ProjectXml
{
    private const long MaxCharacters = 32 * 1024 * 1024;

    /// <summary>What walks over a document calls itself for each level.</summary>
    private const int MaxDepth = 256;

    public static XmlReaderSettings Settings(DtdProcessing dtd) =>
        new() { DtdProcessing = dtd, XmlResolver = null, MaxCharactersInDocument = MaxCharacters };

    /// <returns>Null when it is no well-formed XML: then that is among the findings.</returns>
    public static XDocument? Load(ProjectFile file, Findings findings)
    {
        if (!TryRead(file, DtdProcessing.Prohibit, findings))
            return null;
        using var reader = XmlReader.Create(new MemoryStream(file.Bytes), Settings(DtdProcessing.Prohibit));
        return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }

    /// <remarks>A document type is passed over: exports of the platform may have one.</remarks>
    public static bool CheckWellFormed(ProjectFile file, Findings findings) => TryRead(file, DtdProcessing.Ignore, findings);

    /// <summary>The sentence of the reader, without the position that it appends and that is given as a line already.</summary>
    public static string Reason(XmlException e) => Quote.Short(e.Message.Split(" Line ")[0]);

    private static bool TryRead(ProjectFile file, DtdProcessing dtd, Findings findings)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(file.Bytes), Settings(dtd));
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    throw new XmlException($"more than {MaxDepth} elements in each other", null, ((IXmlLineInfo)reader).LineNumber, 1);
            }

            return true;
        }
        catch (XmlException e)
        {
            findings.Problem(file.Name, Math.Max(1, e.LineNumber), $"not well-formed XML: {Reason(e)}");
            return false;
        }
    }
}
