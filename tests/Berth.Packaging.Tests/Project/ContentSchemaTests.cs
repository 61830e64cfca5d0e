using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Project;

public sealed class ContentSchemaTests : IDisposable
{
    private const string Schema =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="content"><xs:complexType><xs:sequence><xs:element name="item" maxOccurs="unbounded"><xs:complexType>
            <xs:attribute name="id" type="xs:integer" use="required"/><xs:attribute name="ref" type="xs:IDREF"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("alertdefs", "alertDefinitionSchema.xsd")]
    [InlineData("traversalspecs", "traversalSpecsSchema.xsd")]
    public void A_definition_is_held_against_the_schema_beside_it(string directory, string schema)
    {
        _project.Write($"content/{directory}/{schema}", Schema);
        _project.Write($"content/{directory}/good.xml", "<content><item id='1'/></content>");
        _project.Write($"content/{directory}/sub/bad.xml", "<content>\n<item id='x'/>\n<item/></content>");

        Assert.Collection(
            Problems(),
            first => Assert.StartsWith($"content/{directory}/sub/bad.xml: line 2: The 'id' attribute is invalid", first, StringComparison.Ordinal),
            second => Assert.StartsWith($"content/{directory}/sub/bad.xml: line 3: The required attribute 'id' is missing", second, StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_of_another_kind_is_refused()
    {
        _project.Write("content/alertdefs/alertDefinitionSchema.xsd", Schema);
        _project.Write("content/alertdefs/a.xml", "<other/>");

        Assert.StartsWith("content/alertdefs/a.xml: line 1: <other> is no document of its schema", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_definition_refers_to_may_be_in_another_file()
    {
        _project.Write("content/alertdefs/alertDefinitionSchema.xsd", Schema);
        _project.Write("content/alertdefs/a.xml", "<content><item id='1' ref='symptom'/></content>");

        var report = ProjectCheck.Run(_project.FullPath);

        Assert.Empty(report.Problems);
        Assert.StartsWith("content/alertdefs/a.xml: line 1: Reference to undeclared ID is 'symptom'", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_schema_well_formed_is_enough()
    {
        _project.Write("content/alertdefs/a.xml", "<other/>");
        _project.Write("content/recommendations/a.xml", "<other/>");

        Assert.Empty(Problems());
    }

    [Fact]
    public void A_schema_that_is_none_is_named()
    {
        _project.Write("content/alertdefs/alertDefinitionSchema.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:nonsense/></xs:schema>");
        _project.Write("content/alertdefs/a.xml", "<other/>");

        Assert.StartsWith("content/alertdefs/alertDefinitionSchema.xsd: is not a usable XML schema: ", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Problems() => ProjectCheck.Run(_project.FullPath).Problems;
}
