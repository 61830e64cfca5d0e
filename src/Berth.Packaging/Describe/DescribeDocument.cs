using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Berth.Oci;

namespace Berth.Packaging.Describe;

/// <summary>A describe.xml, and where in it something stands: a line of a file that is there, or a path in one that is made.</summary>
/// <param name="Name">What to call it in messages.</param>
internal sealed record DescribeDocument(XDocument Xml, string Name)
{
    public XElement Root => Xml.Root!;

    public string AdapterKey => (string?)Root.Attribute("key") ?? "";

    public string Place(XObject? at)
    {
        if (at is IXmlLineInfo info && info.HasLineInfo())
            return string.Create(CultureInfo.InvariantCulture, $"{Name}: line {info.LineNumber}");
        var element = at as XElement ?? at?.Parent;
        var steps = element?.AncestorsAndSelf().Reverse().Skip(1).Where(step => step.Attribute("key") is not null).Select(Step);
        var path = string.Join(", ", steps ?? []);
        return path.Length == 0 ? Name : $"{Name}: {path}";
    }

    private static string Step(XElement element) => $"{Quote.Short(element.Name.LocalName)} '{Quote.Short((string?)element.Attribute("key"))}'";
}
