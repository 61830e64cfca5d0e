using System.Text;
using Berth.Oci;
using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>What a definition has to fulfil beside its form, found here rather than by the platform after an installation.</summary>
internal sealed class DefinitionRules
{
    /// <summary>A '|' joins group keys and a ':' starts an instance in the platform's metric paths.</summary>
    public const string KeyRule = "has no valid key: it must not be empty, have '|', ':' or control characters, or start or end with a blank";

    private readonly Findings _findings;

    private DefinitionRules(Findings findings) => _findings = findings;

    public static void Check(AdapterDefinition definition, Findings findings)
    {
        var rules = new DefinitionRules(findings);
        if (!AdapterKind.IsValid(definition.AdapterKey))
            rules.Problem("adapter_key", $"'{Quote.Short(definition.AdapterKey)}' is not letters, digits and '_'");
        rules.Text("adapter", definition.AdapterLabel);
        rules.Credentials(definition.CredentialTypes);
        rules.Unique("object types", definition.Objects.Select(kind => kind.Key));
        foreach (var kind in definition.Objects)
            rules.Kind(kind);
    }

    public static bool IsKey(string key) =>
        key.Length > 0 && !key.AsSpan().ContainsAny('|', ':') && key.AsSpan().Trim().Length == key.Length && !key.Any(char.IsControl);

    private void Credentials(IReadOnlyList<CredentialDefinition> credentials)
    {
        Unique("credential types", credentials.Select(credential => credential.Key));
        foreach (var credential in credentials)
        {
            var place = $"credential type '{Quote.Short(credential.Key)}'";
            Named(place, credential.Key, credential.Label);
            if (credential.Fields.Count == 0)
                Problem(place, "has no field; at least one is needed");
            Unique($"{place}: fields", credential.Fields.Select(field => field.Key));
            foreach (var field in credential.Fields)
            {
                var at = $"{place}: field '{Quote.Short(field.Key)}'";
                Named(at, field.Key, field.Label);
                Value(at, field.Default, field.Enum, field.EnumValues);
            }
        }
    }

    private void Kind(ObjectDefinition kind)
    {
        var place = $"object type '{Quote.Short(kind.Key)}'";
        Named(place, kind.Key, kind.Label);
        var keys = kind.Identifiers.Select(i => i.Key).Concat(kind.Attributes.Select(a => a.Key)).Concat(kind.Groups.Select(g => g.Key));
        Unique($"{place}: identifiers, attributes and groups", keys);
        foreach (var identifier in kind.Identifiers)
        {
            var at = $"{place}: identifier '{Quote.Short(identifier.Key)}'";
            Named(at, identifier.Key, identifier.Label);
            Text(at, identifier.Description);
            Value(at, identifier.Default, identifier.Enum, identifier.EnumValues);
        }

        Attributes(place, kind.Attributes);
        foreach (var group in kind.Groups)
            Group(place, group);
    }

    private void Group(string place, GroupDefinition group)
    {
        var at = $"{place}: group '{Quote.Short(group.Key)}'";
        Named(at, group.Key, group.Label);
        Unique($"{at}: attributes and groups", group.Attributes.Select(a => a.Key).Concat(group.Groups.Select(g => g.Key)));
        Attributes(at, group.Attributes);
        foreach (var child in group.Groups)
            Group(at, child);
    }

    private void Attributes(string place, IReadOnlyList<AttributeDefinition> attributes)
    {
        foreach (var attribute in attributes)
        {
            var at = $"{place}: attribute '{Quote.Short(attribute.Key)}'";
            Named(at, attribute.Key, attribute.Label);
            if (!string.IsNullOrEmpty(attribute.Unit) && !UnitTable.Keys.Contains(attribute.Unit))
                Problem(at, $"has the unit '{Quote.Short(attribute.Unit)}', which is not known{NearestName.Hint(attribute.Unit, UnitTable.Keys)}");
            if (!attribute.IsProperty && attribute.DataType == "string")
                Problem(at, "is a metric of type string; a metric has a number, a property may be a string");
        }
    }

    private void Named(string place, string key, string? label)
    {
        if (!IsKey(key))
            Problem(place, KeyRule);
        Text(place, key);
        Text(place, label);
    }

    private void Value(string place, string? chosen, bool isEnum, IReadOnlyList<EnumValue>? values)
    {
        foreach (var value in values ?? [])
        {
            Text(place, value.Key);
            Text(place, value.Label);
        }

        Text(place, chosen);
        if (isEnum && !string.IsNullOrEmpty(chosen) && values is not null && values.All(value => value.Key != chosen))
            Problem(place, $"has the default '{Quote.Short(chosen)}', which is not among its enum values");
    }

    private void Text(string place, string? text)
    {
        if (text is not null && !IsText(text))
            Problem(place, "has a text with control characters, which XML cannot hold");
    }

    private static bool IsText(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = rune.Value is '\n' or '\r' or '\t';
            if ((Rune.IsControl(rune) && !isBlank) || rune.Value is 0xFFFE or 0xFFFF)
                return false;
        }

        return true;
    }

    private void Unique(string what, IEnumerable<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys.Where(key => !seen.Add(key)))
            Problem(what, $"the key '{Quote.Short(key)}' is given twice");
    }

    private void Problem(string place, string problem) => _findings.Problem($"adapter definition: {place}: {problem}");
}
