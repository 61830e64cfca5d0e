using System.Text;
using Berth.Packaging.Describe;
using Berth.Packaging.Project;
using Berth.Packaging.Tests.Project;

namespace Berth.Packaging.Tests.Describe;

public sealed class DescribeSchemaTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_generated_document_is_valid()
    {
        var describe = Definitions.Write(Definitions.Small());

        Assert.Empty(Validate(Encoding.UTF8.GetString(describe.Xml)));
    }

    [Theory]
    [InlineData("<ResourceAttribute key=\"a\"/>", "conf/describe.xml: line 1: The required attribute 'nameKey' is missing.")]
    [InlineData("<ResourceAttribute key=\"a\" nameKey=\"1\" dataType=\"blob\"/>", "'dataType' attribute is invalid")]
    [InlineData("<Unknown/>", "invalid child element 'Unknown'")]
    [InlineData("<ResourceAttribute key=\"a\" nameKey=\"1\" dataType=\"string\"/>", "attribute 'a' is a metric of type string")]
    public void A_violation_is_named_with_its_line(string child, string expected)
    {
        Assert.Contains(expected, Assert.Single(Validate(Document(child))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<ResourceAttribute key=\"a\" nameKey=\"1\" dataType=\"string\" isProperty=\"true\"/>")]
    [InlineData("<ResourceAttribute key=\"a\" nameKey=\"1\" dataType=\"string\" isProperty=\"false\"/>")]
    [InlineData("<ResourceAttribute key=\"a\" nameKey=\"1\" dataType=\"float\"/>")]
    public void What_the_assertion_allows_is_valid(string child)
    {
        Assert.Empty(Validate(Document(child)));
    }

    [Theory]
    [InlineData("<AdapterKind")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>")]
    public void What_is_not_well_formed_or_has_a_DTD_is_refused(string xml)
    {
        Assert.Contains("conf/describe.xml: line 1: not well-formed XML", Assert.Single(Validate(xml)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"AdapterKind\"/></xs:schema>")]
    [InlineData("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:nonsense/></xs:schema>")]
    public void A_schema_that_is_none_for_describe_xml_is_refused(string schema)
    {
        _directory.Write("conf/describeSchema.xsd", schema);
        var findings = new Findings();

        Assert.Null(DescribeSchema.Load(_directory.FullPath, findings));
        Assert.StartsWith("conf/describeSchema.xsd: ", Assert.Single(findings.ToReport().Problems), StringComparison.Ordinal);
    }

    private static string Document(string child) =>
        $"<AdapterKind xmlns='{DescribeWriter.Namespace}' key='K' nameKey='1' version='1'><ResourceKinds><ResourceKind key='i' type='7'>{child}</ResourceKind></ResourceKinds></AdapterKind>";

    private IReadOnlyList<string> Validate(string xml)
    {
        _directory.Write("conf/describeSchema.xsd", TestSchema.Text);
        var findings = new Findings();
        DescribeSchema.Load(_directory.FullPath, findings)!.Validate(new ProjectFile("conf/describe.xml", Encoding.UTF8.GetBytes(xml)), findings);
        return findings.ToReport().Problems;
    }
}
