using System.Xml;
using System.Xml.Linq;

namespace Berth.Packaging.Install;

/// <summary>What a pak's describe.xml says of the objects that its adapter collects.</summary>
internal sealed class DescribedKinds
{
    private const string InstanceType = "7";

    private readonly Dictionary<string, DescribedKind> _kinds;

    private DescribedKinds(string adapterKind, string? instanceKind, Dictionary<string, DescribedKind> kinds) =>
        (AdapterKind, InstanceKind, _kinds) = (adapterKind, instanceKind, kinds);

    public string AdapterKind { get; }

    /// <summary>The kind of object that a connection is; null when there is none.</summary>
    public string? InstanceKind { get; }

    public IReadOnlyDictionary<string, DescribedKind> Kinds => _kinds;

    public DescribedKind? Find(string objectKind) => _kinds.GetValueOrDefault(objectKind);

    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static DescribedKinds Read(Stream describe, string adapterKind)
    {
        using var xml = XmlReader.Create(describe, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var kinds = XDocument.Load(xml).Descendants().Where(element => element.Name.LocalName == "ResourceKind").ToList();
        var instance = kinds.FirstOrDefault(kind => (string?)kind.Attribute("type") == InstanceType);
        return new DescribedKinds(
            adapterKind,
            (string?)instance?.Attribute("key"),
            kinds.GroupBy(kind => (string?)kind.Attribute("key") ?? "").ToDictionary(same => same.Key, same => DescribedKind.Read(same.First())));
    }
}
