using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Describe;

/// <summary>Makes describe.xml and resources.properties out of an adapter's definition: the same bytes for the same definition.</summary>
internal sealed class DescribeWriter
{
    public static readonly XNamespace Namespace = "http://schemas.vmware.com/vcops/schema";

    private const int AdapterInstanceType = 7;
    private const int OtherType = 1;

    private readonly LabelTable _labels = new();

    private DescribeWriter()
    {
    }

    /// <param name="fragments">What the project adds to the description, in this order.</param>
    /// <returns>Null when the definition breaks a rule, or fragments contradict each other: every problem is among the findings.</returns>
    public static GeneratedDescribe? Write(AdapterDefinition definition, IReadOnlyList<DescribeFragment> fragments, Findings findings)
    {
        DefinitionRules.Check(definition, findings);
        if (findings.HasProblems)
            return null;
        var writer = new DescribeWriter();
        var root = writer.Adapter(definition);
        var merge = new FragmentMerge(root, writer._labels, findings);
        foreach (var fragment in fragments)
            merge.Add(fragment);
        return findings.HasProblems
            ? null
            : new GeneratedDescribe(ToBytes(root), writer._labels.ToProperties())
            {
                AdapterKind = definition.AdapterKey,
                LabelKeys = writer._labels.Keys,
            };
    }

    private static byte[] ToBytes(XElement root)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using (var writer = XmlWriter.Create(bytes, settings))
            new XDocument(root).Save(writer);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    // Labels are numbered from top to bottom of the document: in each call below, what is evaluated at once stands before the sequences,
    // which the element enumerates in turn while it is made.
    private XElement Adapter(AdapterDefinition definition) => Element(
        "AdapterKind",
        Attribute("key", definition.AdapterKey),
        NameKey(definition.AdapterLabel, definition.AdapterKey),
        Attribute("version", definition.DescribeVersion),
        Element("CredentialKinds", definition.CredentialTypes.Select(Credential)),
        Element(
            "ResourceKinds",
            ResourceKind(definition.AdapterInstance, AdapterInstanceType, CredentialKeys(definition)),
            definition.ObjectTypes.Select(kind => ResourceKind(kind, OtherType, credentials: null))),
        Element("UnitDefinitions", UnitTable.Types.Select(UnitTypeOf)));

    private static XAttribute? CredentialKeys(AdapterDefinition definition) => definition.CredentialTypes.Count == 0
        ? null
        : Attribute("credentialKind", string.Join(',', definition.CredentialTypes.Select(credential => credential.Key)));

    private XElement Credential(CredentialDefinition credential) => Element(
        "CredentialKind",
        Attribute("key", credential.Key),
        NameKey(credential.Label, credential.Key),
        credential.Fields.Select(Field));

    private XElement Field(CredentialField field) => Element(
        "CredentialField",
        Attribute("key", field.Key),
        NameKey(field.Label, field.Key),
        Attribute("required", field.Required),
        Attribute("dispOrder", field.DisplayOrder),
        Attribute("password", field.Password),
        Attribute("enum", field.Enum),
        Attribute("type", field.Type),
        string.IsNullOrEmpty(field.Default) ? null : Attribute("default", field.Default),
        EnumValues(field.EnumValues, field.Default));

    private XElement ResourceKind(ObjectDefinition kind, int type, XAttribute? credentials) => Element(
        "ResourceKind",
        Attribute("key", kind.Key),
        NameKey(kind.Label, kind.Key),
        Attribute("type", type),
        credentials,
        kind.Identifiers.Select(Identifier),
        kind.Attributes.Select(ResourceAttribute),
        kind.Groups.Select(Group));

    private XElement Identifier(IdentifierDefinition identifier) => Element(
        "ResourceIdentifier",
        Attribute("default", identifier.Default ?? ""),
        Attribute("key", identifier.Key),
        NameKey(identifier.Label, identifier.Key, identifier.Description),
        Attribute("required", identifier.Required),
        Attribute("dispOrder", identifier.DisplayOrder),
        Attribute("enum", identifier.Enum),
        Attribute("type", identifier.Type),
        Attribute("identType", identifier.IdentType),
        identifier.Length is { } length ? Attribute("length", length) : null,
        EnumValues(identifier.EnumValues, identifier.Default));

    private IEnumerable<XElement> EnumValues(IReadOnlyList<EnumValue>? values, string? chosen) => (values ?? [])
        .OrderBy(value => value.DisplayOrder)
        .Select(value => Element(
            "enum",
            Attribute("value", value.Key),
            value.Label is { } label ? NameKey(label, value.Key) : null,
            Attribute("default", value.Key == chosen)));

    private XElement Group(GroupDefinition group) => Element(
        "ResourceGroup",
        Attribute("key", group.Key),
        NameKey(group.Label, group.Key),
        Attribute("instanced", group.Instanced),
        Attribute("instanceRequired", group.InstanceRequired),
        group.Groups.Select(Group),
        group.Attributes.Select(ResourceAttribute));

    private XElement ResourceAttribute(AttributeDefinition attribute) => Element(
        "ResourceAttribute",
        Attribute("key", attribute.Key),
        NameKey(attribute.Label, attribute.Key),
        Attribute("unit", attribute.Unit ?? ""),
        Attribute("dashboardOrder", attribute.DashboardOrder),
        Attribute("dataType", attribute.DataType),
        Attribute("isProperty", attribute.IsProperty),
        Attribute("isRate", attribute.IsRate),
        Attribute("isDiscrete", attribute.IsDiscrete),
        Attribute("isImpact", attribute.IsImpact),
        Attribute("defaultMonitored", true),
        Attribute("keyAttribute", attribute.IsKeyAttribute),
        attribute.IsKpi ? Attribute("isKpi", true) : null);

    private XElement UnitTypeOf(UnitType type) => Element("UnitType", Attribute("key", type.Key), type.Units.Select(unit => Element(
        "Unit",
        Attribute("key", unit.Key),
        NameKey(unit.Label, unit.Key),
        Attribute("order", unit.Order),
        Attribute("conversionFactor", unit.Factor))));

    private XAttribute NameKey(string? label, string key, string? description = null) =>
        Attribute("nameKey", _labels.KeyOf(string.IsNullOrWhiteSpace(label) ? key : label, description));

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private static XAttribute Attribute(string name, string value) => new(name, value);

    private static XAttribute Attribute(string name, int value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    private static XAttribute Attribute(string name, bool value) => new(name, value ? "true" : "false");
}
