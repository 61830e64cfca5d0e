using System.Xml.Linq;

namespace Berth.Packaging.Install;

/// <summary>A kind of object: what names it, and what can be known of it.</summary>
internal sealed record DescribedKind(IReadOnlyDictionary<string, DescribedIdentifier> Identifiers, DescribedGroup Content)
{
    public static DescribedKind Read(XElement kind) => new(
        kind.Elements().Where(element => element.Name.LocalName == "ResourceIdentifier")
            .GroupBy(Key)
            .ToDictionary(same => same.Key, same => DescribedIdentifier.Read(same.First())),
        DescribedGroup.Read(kind));

    internal static string Key(XElement element) => (string?)element.Attribute("key") ?? "";
}

/// <param name="IsUnique">Two objects are different when it is.</param>
internal sealed record DescribedIdentifier(bool IsUnique, bool IsRequired)
{
    public static DescribedIdentifier Read(XElement identifier) =>
        new((string?)identifier.Attribute("identType") != "2", (string?)identifier.Attribute("required") != "false");
}

/// <param name="IsInstanced">It may stand for several of the same, each <c>group:instance</c> in a key.</param>
internal sealed record DescribedGroup(
    bool IsInstanced, bool NeedsInstance, IReadOnlyDictionary<string, DescribedGroup> Groups, IReadOnlyDictionary<string, DescribedAttribute> Attributes)
{
    public static DescribedGroup Read(XElement group) => new(
        (string?)group.Attribute("instanced") == "true",
        (string?)group.Attribute("instanced") == "true" && (string?)group.Attribute("instanceRequired") != "false",
        group.Elements().Where(element => element.Name.LocalName == "ResourceGroup")
            .GroupBy(DescribedKind.Key).ToDictionary(same => same.Key, same => Read(same.First())),
        group.Elements().Where(element => element.Name.LocalName == "ResourceAttribute")
            .GroupBy(DescribedKind.Key).ToDictionary(same => same.Key, same => DescribedAttribute.Read(same.First())));
}

internal sealed record DescribedAttribute(bool IsProperty, bool IsText)
{
    public static DescribedAttribute Read(XElement attribute) =>
        new((string?)attribute.Attribute("isProperty") == "true", (string?)attribute.Attribute("dataType") == "string");
}
