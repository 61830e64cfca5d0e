using System.Text;
using System.Xml.Linq;
using Berth.Packaging.Describe;
using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Describe;

public sealed class DescribeFragmentTests : IDisposable
{
    private const string Open = "<AdapterKind xmlns='http://schemas.vmware.com/vcops/schema'>";

    private readonly TempDirectory _directory = new();
    private readonly Findings _findings = new();

    public DescribeFragmentTests() => Directory.CreateDirectory(_directory.Path("conf"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Children_of_the_six_elements_are_added_in_the_order_of_the_files()
    {
        Fragment("b.xml", "<Faults><FaultState key='b' resourceKind='o'/></Faults><FavoriteGroups><X/></FavoriteGroups>");
        Fragment("B.xml", "<Faults><FaultState key='upper' resourceKind='o'/></Faults>");
        Fragment("a.xml", "<Faults><FaultState key='a' resourceKind='o'/></Faults>");

        var root = Merge().Root!;

        Assert.Equal(["upper", "a", "b"], Children(root, "Faults").Select(state => (string?)state.Attribute("key")));
        Assert.Equal(["UnitDefinitions", "Faults", "FavoriteGroups"], root.Elements().Select(element => element.Name.LocalName).Skip(2));
    }

    [Theory]
    [InlineData("CustomGroupMetrics")]
    [InlineData("Faults")]
    [InlineData("LaunchConfigurations")]
    [InlineData("BasePolicyAnalysisSettings")]
    [InlineData("OOTBPolicies")]
    [InlineData("FavoriteGroups")]
    public void Each_of_the_six_elements_is_taken_and_one_without_a_namespace_too(string name)
    {
        _directory.Write("conf/a.xml", $"<AdapterKind><{name}><Child inner='1'><Deep>text</Deep></Child></{name}></AdapterKind>");

        var child = Assert.Single(Children(Merge().Root!, name));

        Assert.Equal(DescribeWriter.Namespace + "Child", child.Name);
        Assert.Equal("text", child.Element(DescribeWriter.Namespace + "Deep")?.Value);
        Assert.Empty(Notes);
    }

    [Fact]
    public void Every_kind_of_name_key_becomes_the_number_of_its_label()
    {
        Fragment(
            "a.xml",
            """
            <Names lang='en'><Name key='1' shortName='Label'/><Name key='2' shortName='New'/><name key='3'>Text</name></Names>
            <Faults nameKey='2'><FaultState nameKey='1' unitNameKey='2' instNameKey='3' key='1'><Deep vendorNameKey='2'/></FaultState></Faults>
            """);

        var (document, properties) = MergeAll();
        var faults = document.Root!.Element(DescribeWriter.Namespace + "Faults")!;
        var numbers = faults.DescendantsAndSelf().Attributes().Where(NameKeys.IsOne).Select(attribute => attribute.Value);

        Assert.Equal(["223", "1", "223", "224", "223"], numbers);
        Assert.Equal("1", (string?)faults.Elements().Single().Attribute("key"));
        Assert.EndsWith("\n223 = New\n224 = Text\n", properties, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vendor_s_policies_keep_the_attribute_that_the_schema_wants()
    {
        Fragment("a.xml", "<Names lang='en'><Name key='5' shortName='Vendor'/></Names><OOTBPolicies vendorNameKey='5'><Policy key='p'/></OOTBPolicies>");
        Fragment("b.xml", "<Names lang='en'><Name key='8' shortName='Vendor'/></Names><OOTBPolicies vendorNameKey='8'><Policy key='q'/></OOTBPolicies>");

        var (document, properties) = MergeAll();
        var policies = document.Root!.Element(DescribeWriter.Namespace + "OOTBPolicies")!;

        Assert.Equal("223", (string?)policies.Attribute("vendorNameKey"));
        Assert.Equal(2, policies.Elements().Count());
        Assert.EndsWith("223 = Vendor\n", properties, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_that_contradict_each_other_name_both_files()
    {
        Fragment("a.xml", "<Faults kind='x' same='1'/>");
        Fragment("b.xml", "\n<Faults kind='y' same='1' more='2'/>");

        Assert.Equal(
            "conf/b.xml: line 2: Faults has another kind than in conf/a.xml; make them the same",
            Assert.Single(Assert.Throws<PackException>(() => Merge()).Problems));
    }

    [Fact]
    public void A_name_key_that_the_file_does_not_define_is_left_out_with_a_note()
    {
        Fragment("a.xml", "\n<Faults><FaultState nameKey='7' key='f'/></Faults>");

        Assert.Null(Children(Merge().Root!, "Faults").Single().Attribute("nameKey"));
        Assert.Equal("conf/a.xml: line 2: nameKey '7' is left out: the file's Names has no such key", Assert.Single(Notes));
    }

    [Fact]
    public void A_name_that_is_given_twice_is_refused()
    {
        Fragment("a.xml", "<Names lang='en'><Name key='1' shortName='A'/>\n<Name key='1' shortName='B'/></Names><Faults/>");

        Read();

        Assert.Equal("conf/a.xml: line 2: the name '1' is given twice with another text", Assert.Single(_findings.ToReport().Problems));
    }

    [Fact]
    public void A_file_that_adds_nothing_is_a_note_with_what_could_be_added()
    {
        Fragment("a.xml", "<ResourceKinds/>");

        Read();

        Assert.Equal(
            "conf/a.xml adds nothing to describe.xml: what can be added are CustomGroupMetrics, Faults, LaunchConfigurations, BasePolicyAnalysisSettings, OOTBPolicies, FavoriteGroups",
            Assert.Single(Notes));
    }

    [Fact]
    public void What_else_stands_in_a_file_is_noted()
    {
        Fragment("a.xml", "<Faults/><ResourceKinds/><ResourceKinds/>");

        Read();

        Assert.StartsWith("conf/a.xml: ResourceKinds is not added to describe.xml", Assert.Single(Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_well_formed_is_named_with_file_and_line()
    {
        _directory.Write("conf/a.xml", "<AdapterKind>\n<Faults>\n</AdapterKind>");

        Assert.Empty(Read());
        Assert.StartsWith("conf/a.xml: line 3: not well-formed XML: ", Assert.Single(_findings.ToReport().Problems), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Notes => _findings.ToReport().Notes;

    private static IEnumerable<XElement> Children(XElement root, string name) => root.Elements(DescribeWriter.Namespace + name).Single().Elements();

    private void Fragment(string name, string content) => _directory.Write($"conf/{name}", $"{Open}{content}</AdapterKind>");

    private IReadOnlyList<DescribeFragment> Read() => DescribeFragments.Read(_directory.FullPath, _findings);

    private XDocument Merge() => MergeAll().Document;

    private (XDocument Document, string Properties) MergeAll()
    {
        var definition = DefinitionReader.Read(Encoding.UTF8.GetBytes(Definitions.Small().ToJsonString()));
        var describe = DescribeWriter.Write(definition, Read(), _findings);
        _findings.ThrowIfProblems();
        return (XDocument.Load(new MemoryStream(describe!.Xml)), Encoding.UTF8.GetString(describe.Properties));
    }
}
