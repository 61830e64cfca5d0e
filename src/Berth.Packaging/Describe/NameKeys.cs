using System.Xml.Linq;

namespace Berth.Packaging.Describe;

/// <summary>Attributes that name a label by its number: nameKey, unitNameKey, instNameKey, vendorNameKey, and any other so called.</summary>
internal static class NameKeys
{
    public static bool IsOne(XAttribute attribute) =>
        attribute.Name.NamespaceName.Length == 0
        && (attribute.Name.LocalName == "nameKey" || attribute.Name.LocalName.EndsWith("NameKey", StringComparison.Ordinal));
}
