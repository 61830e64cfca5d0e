using System.Globalization;
using System.Xml.Linq;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>What a describe.xml has to fulfil beside its schema. The platform finds it late, or not at all.</summary>
/// <param name="labelsName">The file with its labels, for messages.</param>
/// <param name="labels">The keys that have a label there.</param>
internal sealed class DescribeRules(DescribeDocument document, string labelsName, IReadOnlySet<string> labels, Findings findings)
{
    private const string AdapterInstance = "7";

    private static readonly string[] Keyed =
        ["AdapterKind", "CredentialKind", "CredentialField", "ResourceKind", "ResourceIdentifier", "ResourceAttribute", "ResourceGroup"];

    private static readonly XNamespace Ns = DescribeWriter.Namespace;

    /// <param name="target">Null when it is not known what the document is for.</param>
    public void Check(DescribeTarget? target)
    {
        var kinds = document.Root.Elements(Ns + "ResourceKinds").Elements(Ns + "ResourceKind").ToList();
        Instances(kinds);
        Credentials(kinds);
        Keys();
        Units();
        Enums();
        Labels();
        if (target is not null)
            Fits(target);
    }

    private void Instances(IReadOnlyList<XElement> kinds)
    {
        var instances = kinds.Count(kind => (string?)kind.Attribute("type") == AdapterInstance);
        if (instances != 1)
        {
            findings.Problem(
                $"{document.Name}: {instances} of its resource kinds are adapter instances (type {AdapterInstance}); exactly one is needed");
        }
    }

    private void Credentials(IReadOnlyList<XElement> kinds)
    {
        var defined = document.Root.Descendants(Ns + "CredentialKind").Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            foreach (var named in ((string?)kind.Attribute("credentialKind") ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (named.Length > 0 && !defined.Contains(named))
                    Problem(kind, $"names the credential kind '{Quote.Short(named)}', which is not defined{NearestName.Hint(named, defined)}");
            }
        }
    }

    private void Keys()
    {
        var keyed = document.Root.DescendantsAndSelf().Where(element => Keyed.Contains(element.Name.LocalName, StringComparer.Ordinal));
        foreach (var element in keyed)
        {
            if (!IsKey(KeyOf(element)))
                Problem(element, $"{DefinitionRules.KeyRule}, but it is '{Quote.Short(KeyOf(element))}'");
        }
    }

    private void Units()
    {
        var defined = document.Root.Elements(Ns + "UnitDefinitions").Descendants(Ns + "Unit").Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var attribute in document.Root.Descendants(Ns + "ResourceAttribute"))
        {
            if ((string?)attribute.Attribute("unit") is { Length: > 0 } unit && !defined.Contains(unit))
                Problem(attribute, $"has the unit '{Quote.Short(unit)}', which is no key in UnitDefinitions{NearestName.Hint(unit, defined)}");
        }
    }

    private void Enums()
    {
        foreach (var field in document.Root.Descendants().Where(element => element.Name.LocalName is "ResourceIdentifier" or "CredentialField"))
        {
            var values = field.Elements(Ns + "enum").Select(value => (string?)value.Attribute("value")).ToHashSet(StringComparer.Ordinal);
            if (values.Count == 0 || (string?)field.Attribute("default") is not { Length: > 0 } chosen)
                continue;
            string[] all = IsTrue(field.Attribute("enumMultiSelect")) ? chosen.Split(',') : [chosen];
            foreach (var one in all.Where(one => !values.Contains(one)))
                Problem(field, $"has the default '{Quote.Short(one)}', which is not among its enum values");
        }
    }

    private void Labels()
    {
        var named = document.Root.Elements(Ns + "Names").Elements().Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        var missing = document.Root.DescendantsAndSelf().Attributes()
            .Where(attribute => NameKeys.IsOne(attribute) && !labels.Contains(attribute.Value) && !named.Contains(attribute.Value));
        foreach (var attribute in missing)
        {
            findings.Problem(
                $"{document.Place(attribute.Parent)}: {attribute.Name.LocalName} {Quote.Short(attribute.Value)} has no label; add a line"
                + $" '{Quote.Short(attribute.Value)} = …' to {labelsName}");
        }
    }

    private void Fits(DescribeTarget target)
    {
        if (int.TryParse((string?)document.Root.Attribute("version"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var version)
            && EarlierPak.Find(target.Project, target.Manifest, findings.Note)?.Problem(version) is { } problem)
            findings.Problem($"{document.Place(document.Root)}: {problem}");
        if (document.AdapterKey != target.Manifest.AdapterKind)
            findings.Problem(new AdapterKindMismatch(target.Manifest.AdapterKind, document.AdapterKey, document.Name));
    }

    private void Problem(XElement element, string problem)
    {
        // A line alone does not say which of the elements in it; a path does.
        var place = document.Place(element);
        var which = place.EndsWith($"'{Quote.Short(KeyOf(element))}'", StringComparison.Ordinal)
            ? ""
            : $"{element.Name.LocalName} '{Quote.Short(KeyOf(element))}' ";
        findings.Problem($"{place}: {which}{problem}");
    }

    private static bool IsKey(string key) => DefinitionRules.IsKey(key);

    private static bool IsTrue(XAttribute? attribute) => attribute?.Value is "true" or "1";

    private static string KeyOf(XElement element) => (string?)element.Attribute("key") ?? "";
}
