using System.Xml.Linq;
using Berth.Oci;

namespace Berth.Packaging.Describe;

/// <summary>What a describe.xml has to fulfil beside its schema.</summary>
internal static class DescribeRules
{
    private const string AdapterInstance = "7";

    private static readonly XNamespace Ns = DescribeWriter.Namespace;

    /// <param name="adapterKind">The kind that the manifest names.</param>
    public static IEnumerable<string> Check(XDocument document, string name, string adapterKind)
    {
        var root = document.Root!;
        if ((string?)root.Attribute("key") != adapterKind)
            yield return $"{name}: the adapter's key is '{Quote.Short((string?)root.Attribute("key"))}', but adapter_kinds in manifest.txt names '{adapterKind}'; they must be equal";
        var kinds = root.Elements(Ns + "ResourceKinds").Elements(Ns + "ResourceKind").ToList();
        var instances = kinds.Count(kind => (string?)kind.Attribute("type") == AdapterInstance);
        if (instances != 1)
            yield return $"{name}: {instances} of its resource kinds are adapter instances (type {AdapterInstance}); exactly one is needed";
        var credentials = root.Descendants(Ns + "CredentialKind").Select(kind => (string?)kind.Attribute("key")).ToHashSet();
        foreach (var kind in kinds)
        {
            foreach (var named in ((string?)kind.Attribute("credentialKind") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!credentials.Contains(named))
                    yield return $"{name}: resource kind '{Quote.Short((string?)kind.Attribute("key"))}' names the credential kind '{Quote.Short(named)}', which is not defined";
            }
        }
    }
}
