using System.Xml.Linq;
using Berth.Packaging.Describe;
using Berth.Packaging.Project;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Describe;

public sealed class DescribeRulesTests : IDisposable
{
    private const string Instance = "<ResourceKind key='i' type='7' nameKey='1'/>";

    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("K", "", "0 of its resource kinds are adapter instances (type 7); exactly one is needed")]
    [InlineData("K", "<ResourceKind key='i' type='1'/>", "0 of its resource kinds are adapter instances")]
    [InlineData("K", Instance + "<ResourceKind key='j' type='7'/>", "2 of its resource kinds are adapter instances")]
    [InlineData("Other", Instance, "the adapter's key is 'Other', but adapter_kinds in manifest.txt names 'K'; they must be equal")]
    [InlineData("K", "<ResourceKind key='i' type='7' credentialKind='login,logon'/>", "names the credential kind 'logon', which is not defined; is 'login' meant?")]
    [InlineData("K", Instance + "<ResourceKind key='a|b'/>", "ResourceKind 'a|b': has no valid key")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceAttribute key='b:c'/></ResourceKind>", "ResourceAttribute 'b:c': has no valid key")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceGroup key=' g'/></ResourceKind>", "ResourceGroup ' g': has no valid key")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceIdentifier key='n '/></ResourceKind>", "ResourceIdentifier 'n ': has no valid key")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceAttribute key='b' unit='megabytes'/></ResourceKind>", "has the unit 'megabytes', which is no key in UnitDefinitions; is 'megabyte' meant?")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceIdentifier key='b' default='z'><enum value='x'/></ResourceIdentifier></ResourceKind>", "has the default 'z', which is not among its enum values")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceIdentifier key='b' enumMultiSelect='true' default='x,z'><enum value='x'/></ResourceIdentifier></ResourceKind>", "has the default 'z', which is not among")]
    [InlineData("K", Instance + "<ResourceKind key='a' nameKey='2'/>", "nameKey 2 has no label; add a line '2 = …' to its labels")]
    [InlineData("K", Instance + "<ResourceKind key='a'><ResourceGroup key='b' instNameKey='3'/></ResourceKind>", "instNameKey 3 has no label")]
    [InlineData("K", Instance + "<ResourceKind key='a'><Other unitNameKey='4'/></ResourceKind>", "unitNameKey 4 has no label")]
    public void A_rule_beside_the_schema_is_held(string key, string kinds, string expected)
    {
        Assert.Contains(expected, Assert.Single(Problems(key, kinds)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Instance)]
    [InlineData("<ResourceKind key='i' type='7' credentialKind='login, token'/>")]
    [InlineData(Instance + "<ResourceKind key='a'><ResourceAttribute key='b' unit=''/><ResourceAttribute key='c' unit='megabyte'/></ResourceKind>")]
    [InlineData(Instance + "<ResourceKind key='a'><ResourceIdentifier key='b' default=''><enum value='x'/></ResourceIdentifier></ResourceKind>")]
    [InlineData(Instance + "<ResourceKind key='a'><ResourceIdentifier key='b' enumMultiSelect='1' default='x,y'><enum value='x'/><enum value='y'/></ResourceIdentifier></ResourceKind>")]
    [InlineData(Instance + "<ResourceKind key='a' nameKey='9'/>")]
    public void What_fulfils_the_rules_is_taken(string kinds)
    {
        Assert.Empty(Problems("K", kinds));
    }

    [Fact]
    public void A_problem_in_what_was_made_is_named_by_its_place_and_one_in_a_file_by_its_line()
    {
        var document = XDocument.Parse(Document("K", $"{Instance}\n<ResourceKind key='a' nameKey='2'/>"), LoadOptions.SetLineInfo);
        var findings = new Findings();

        new DescribeRules(new DescribeDocument(document, "conf/describe.xml"), "labels", new HashSet<string> { "1" }, findings).Check(null);

        Assert.Equal("conf/describe.xml: line 3: nameKey 2 has no label; add a line '2 = …' to labels", Assert.Single(findings.ToReport().Problems));
        Assert.StartsWith("d.xml: ResourceKind 'a': nameKey 2 ", Problems("K", Instance + "<ResourceKind key='a' nameKey='2'/>")[0], StringComparison.Ordinal);
    }

    private static string Document(string key, string kinds) =>
        $"""
        <AdapterKind xmlns='{DescribeWriter.Namespace}' key='{key}' nameKey='1' version='1'><CredentialKinds>
        <CredentialKind key='login'/><CredentialKind key='token'/></CredentialKinds><ResourceKinds>{kinds}</ResourceKinds>
        <UnitDefinitions><UnitType key='t'><Unit key='megabyte'/></UnitType></UnitDefinitions><Names lang='en'><Name key='9' shortName='N'/></Names></AdapterKind>
        """;

    private IReadOnlyList<string> Problems(string key, string kinds)
    {
        _project.WriteManifest(manifest => manifest["adapter_kinds"]![0] = "K");
        var findings = new Findings();
        var manifest = ManifestReader.Read(_project.FullPath, findings)!;
        var document = new DescribeDocument(XDocument.Parse(Document(key, kinds)), "d.xml");
        new DescribeRules(document, "its labels", new HashSet<string> { "1" }, findings).Check(new DescribeTarget(_project.FullPath, manifest));
        return findings.ToReport().Problems;
    }
}
