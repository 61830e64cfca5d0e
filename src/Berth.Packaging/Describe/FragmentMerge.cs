using System.Xml.Linq;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>Adds the elements of fragments to a describe.xml, and their labels to its labels.</summary>
internal sealed class FragmentMerge(XElement root, LabelTable labels, Findings findings)
{
    /// <summary>Which file an attribute of a merged element came from.</summary>
    private readonly Dictionary<(string Element, string Attribute), string> _origins = [];

    public void Add(DescribeFragment fragment)
    {
        foreach (var element in fragment.Elements)
        {
            var name = DescribeWriter.Namespace + element.Name.LocalName;
            if (root.Element(name) is not { } target)
                root.Add(target = new XElement(name));
            Attributes(fragment, element, target);
            target.Add(element.Elements().Select(child => Copy(fragment, child)));
        }
    }

    private void Attributes(DescribeFragment fragment, XElement element, XElement target)
    {
        foreach (var attribute in element.Attributes().Where(IsOwn))
        {
            if (Value(fragment, attribute) is not { } value)
                continue;
            var origin = (element.Name.LocalName, attribute.Name.LocalName);
            if (target.Attribute(attribute.Name) is not { } before)
            {
                target.Add(new XAttribute(attribute.Name, value));
                _origins[origin] = fragment.Name;
            }
            else if (before.Value != value)
            {
                findings.Problem(
                    $"{fragment.Document.Place(element)}: {origin.Item1} has another {Quote.Short(origin.Item2)} than in {_origins[origin]};"
                    + " make them the same");
            }
        }
    }

    private static bool IsOwn(XAttribute attribute) => attribute.Name.NamespaceName.Length == 0 && !attribute.IsNamespaceDeclaration;

    /// <summary>A fragment without a namespace is meant to be in that of describe.xml.</summary>
    private XElement Copy(DescribeFragment fragment, XElement element) => new(
        element.Name.NamespaceName.Length == 0 ? DescribeWriter.Namespace + element.Name.LocalName : element.Name,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => Copy(fragment, attribute)),
        element.Nodes().Select(node => Copy(fragment, node)));

    private object? Copy(DescribeFragment fragment, XNode node) => node switch
    {
        XElement child => Copy(fragment, child),
        XText text => string.IsNullOrWhiteSpace(text.Value) ? null : new XText(text),
        _ => null,
    };

    private XAttribute? Copy(DescribeFragment fragment, XAttribute attribute) =>
        Value(fragment, attribute) is { } value ? new XAttribute(attribute.Name, value) : null;

    /// <summary>Numbers of labels are the fragment's own: each becomes that of the same label in the whole.</summary>
    private string? Value(DescribeFragment fragment, XAttribute attribute)
    {
        if (!NameKeys.IsOne(attribute))
            return attribute.Value;
        if (fragment.LabelOf(attribute.Value) is { } label)
            return labels.KeyOf(label);
        findings.Note(
            $"{fragment.Document.Place(attribute.Parent)}: {attribute.Name.LocalName} '{Quote.Short(attribute.Value)}' is left out:"
            + " the file's Names has no such key");
        return null;
    }
}
