using System.Xml.Linq;
using Berth.Oci;

namespace Berth.Packaging.Describe;

/// <summary>What a describe.xml has to fulfil beside its schema.</summary>
internal static class DescribeRules
{
    private const string AdapterInstance = "7";

    private static readonly XNamespace Ns = DescribeWriter.Namespace;

    /// <param name="adapterKind">The kind that the manifest names.</param>
    /// <returns>What is wrong, one line each.</returns>
    public static IEnumerable<string> Check(XDocument document, string name, string adapterKind)
    {
        var root = document.Root!;
        var kinds = root.Elements(Ns + "ResourceKinds").Elements(Ns + "ResourceKind").ToList();
        return Key(root, adapterKind).Concat(Instances(kinds)).Concat(Credentials(root, kinds)).Select(problem => $"{name}: {problem}");
    }

    private static IEnumerable<string> Key(XElement root, string adapterKind)
    {
        if (KeyOf(root) != adapterKind)
            yield return $"the adapter's key is '{Quote.Short(KeyOf(root))}', but adapter_kinds in manifest.txt names '{adapterKind}'; they must be equal";
    }

    private static IEnumerable<string> Instances(IReadOnlyList<XElement> kinds)
    {
        var instances = kinds.Count(kind => (string?)kind.Attribute("type") == AdapterInstance);
        if (instances != 1)
            yield return $"{instances} of its resource kinds are adapter instances (type {AdapterInstance}); exactly one is needed";
    }

    private static IEnumerable<string> Credentials(XElement root, IReadOnlyList<XElement> kinds)
    {
        var defined = root.Descendants(Ns + "CredentialKind").Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        return from kind in kinds
               from named in ((string?)kind.Attribute("credentialKind") ?? "").Split(',')
               where named.Length > 0 && !defined.Contains(named.Trim())
               select $"resource kind '{Quote.Short(KeyOf(kind))}' names the credential kind '{Quote.Short(named)}', which is not defined";
    }

    private static string KeyOf(XElement element) => (string?)element.Attribute("key") ?? "";
}
