using System.Xml.Linq;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>A file of conf/ with elements to be added to a describe.xml that is made from the adapter's definition.</summary>
internal sealed class DescribeFragment
{
    /// <summary>The only elements that a definition cannot give and a fragment can.</summary>
    public static readonly string[] Taken =
        ["CustomGroupMetrics", "Faults", "LaunchConfigurations", "BasePolicyAnalysisSettings", "OOTBPolicies", "FavoriteGroups"];

    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    private DescribeFragment(DescribeDocument document) => Document = document;

    public DescribeDocument Document { get; }

    public string Name => Document.Name;

    public IEnumerable<XElement> Elements =>
        Document.Root.Elements().Where(element => Taken.Contains(element.Name.LocalName, StringComparer.Ordinal));

    public static DescribeFragment Of(DescribeDocument document, Findings findings)
    {
        var fragment = new DescribeFragment(document);
        fragment.ReadNames(findings);
        fragment.NoteIgnored(findings);
        return fragment;
    }

    /// <returns>Null when the fragment's Names has no such key.</returns>
    public string? LabelOf(string nameKey) => _labels.GetValueOrDefault(nameKey.Trim());

    private void ReadNames(Findings findings)
    {
        var names = Document.Root.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == "Names");
        foreach (var name in names?.Elements().Where(element => element.Name.LocalName is "Name" or "name") ?? [])
        {
            var key = ((string?)name.Attribute("key") ?? "").Trim();
            var label = (string?)name.Attribute("shortName") ?? name.Value;
            if (!_labels.TryAdd(key, label) && _labels[key] != label)
                findings.Problem($"{Document.Place(name)}: the name '{Quote.Short(key)}' is given twice with another text");
        }
    }

    private void NoteIgnored(Findings findings)
    {
        if (!Elements.Any())
        {
            findings.Note($"{Name} adds nothing to describe.xml: what can be added are {string.Join(", ", Taken)}");
            return;
        }

        foreach (var name in Document.Root.Elements().Select(element => element.Name.LocalName).Distinct().Except([.. Taken, "Names"]))
            findings.Note($"{Name}: {Quote.Short(name)} is not added to describe.xml: what can be added are {string.Join(", ", Taken)}");
    }
}
