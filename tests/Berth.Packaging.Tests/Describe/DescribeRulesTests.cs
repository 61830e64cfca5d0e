using System.Xml.Linq;
using Berth.Packaging.Describe;

namespace Berth.Packaging.Tests.Describe;

public sealed class DescribeRulesTests
{
    [Theory]
    [InlineData("K", "<ResourceKind key='i' type='7'/>", null)]
    [InlineData("Other", "<ResourceKind key='i' type='7'/>", "the adapter's key is 'Other', but adapter_kinds in manifest.txt names 'K'")]
    [InlineData("K", "<ResourceKind key='i' type='1'/>", "0 of its resource kinds are adapter instances")]
    [InlineData("K", "<ResourceKind key='i' type='7'/><ResourceKind key='j' type='7'/>", "2 of its resource kinds are adapter instances")]
    [InlineData("K", "<ResourceKind key='i' type='7' credentialKind='none'/>", "names the credential kind 'none'")]
    public void A_rule_beside_the_schema_is_held(string key, string kinds, string? expected)
    {
        var document = XDocument.Parse(
            $"<AdapterKind xmlns='{DescribeWriter.Namespace}' key='{key}'><ResourceKinds>{kinds}</ResourceKinds></AdapterKind>");

        var problem = Assert.Single(DescribeRules.Check(document, "d.xml", "K").Append("").Take(1));

        if (expected is null)
            Assert.Empty(problem);
        else
            Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
