using System.Text;
using Berth.Packaging.Adapter;
using Berth.Packaging.Install;

namespace Berth.Packaging.Tests.Install;

public sealed class CollectionCheckTests
{
    private const string Describe =
        """
        <AdapterKind key="A" xmlns="http://schemas.vmware.com/vcops/schema"><ResourceKinds>
          <ResourceKind key="A_instance" type="7"/>
          <ResourceKind key="host">
            <ResourceIdentifier key="id" required="true" identType="1"/>
            <ResourceIdentifier key="note" required="false" identType="2"/>
            <ResourceAttribute key="cpu" dataType="float" isProperty="false"/>
            <ResourceAttribute key="os" dataType="string" isProperty="true"/>
            <ResourceAttribute key="cores" dataType="integer" isProperty="true"/>
            <ResourceGroup key="net" instanced="true" instanceRequired="true">
              <ResourceGroup key="in"><ResourceAttribute key="bytes" dataType="float" isProperty="false"/></ResourceGroup>
            </ResourceGroup>
          </ResourceKind>
        </ResourceKinds></AdapterKind>
        """;

    private static readonly DescribedKinds Described = DescribedKinds.Read(new MemoryStream(Encoding.UTF8.GetBytes(Describe)), "A");

    [Fact]
    public void What_fits_is_found_to()
    {
        Assert.Equal("A_instance", Described.InstanceKind);
        Assert.Empty(Check(Host() with
        {
            Metrics = [new Metric("cpu", 1), new Metric("net:eth0|in|bytes", 2)],
            Properties = [new Property("os", "linux"), new Property("cores", null, 4)],
        }));
    }

    [Theory]
    [InlineData("cpus", "warning: the metric 'cpus' of 'host' is not in describe.xml")]
    [InlineData("net:eth0|out|bytes", "warning: the metric 'net|out|bytes' of 'host' is not in describe.xml")]
    [InlineData("net|in|bytes", "warning: the metric 'net|in|bytes' of 'host' names no instance of a group that has several in describe.xml")]
    [InlineData("net:a|in:b|bytes", "warning: the metric 'net|in|bytes' of 'host' names an instance of a group that has none in describe.xml")]
    [InlineData("cores", "warning: the metric 'cores' of 'host' is a property in describe.xml")]
    public void A_metric_is_looked_up_group_by_group(string key, string expected) =>
        Assert.Equal([expected], Check(Host() with { Metrics = [new Metric(key, 1)] }));

    [Theory]
    [InlineData("cores", "four", "error: the property 'cores' of 'host' is text, and a number in describe.xml")]
    [InlineData("os", null, "error: the property 'os' of 'host' is a number, and text in describe.xml")]
    public void Text_and_numbers_are_told_apart(string key, string? text, string expected) =>
        Assert.Equal([expected], Check(Host() with { Properties = [new Property(key, text, text is null ? 1 : null)] }));

    [Fact]
    public void Identifiers_are_those_of_the_kind()
    {
        var key = new ObjectKey("h", "A", "host") { Identifiers = [new Identifier("note", "x", true), new Identifier("other", "x")] };

        Assert.Equal(
            [
                "error: the identifier 'note' of 'host' is part of the uniqueness in the collection only",
                "error: 'host' has no identifier 'other' in describe.xml",
                "error: objects of 'host' lack the identifier 'id', which describe.xml requires",
            ],
            Check(new ObjectData(key)));
    }

    [Fact]
    public void Kinds_that_are_not_described_and_other_adapters_are_told_once_each() => Assert.Equal(
        [
            "warning: describe.xml has no kind 'disk' (2 objects)",
            "warning: objects of the adapter kind 'VMWARE' belong to another adapter than 'A'",
        ],
        Check(new(new("d1", "A", "disk")), new(new("d2", "A", "disk")), new(new("vm", "VMWARE", "VirtualMachine"))));

    [Fact]
    public void Relationships_that_go_round_are_shown()
    {
        ObjectKey a = new("a", "A", "host"), b = new("b", "A", "host"), c = new("c", "A", "host");
        Relationship Of(ObjectKey parent, params ObjectKey[] children) => new(parent) { Children = children };

        Assert.Null(RelationshipCycle.Find([Of(a, b, c), Of(b, c)]));
        Assert.Equal("b > c > b", RelationshipCycle.Find([Of(a, b), Of(b, c), Of(c, b)]));
    }

    [Fact]
    public void A_chain_of_any_length_is_followed()
    {
        var keys = Enumerable.Range(0, 100_000).Select(number => new ObjectKey($"{number}", "A", "host")).ToList();
        Assert.Null(RelationshipCycle.Find([.. keys.Zip(keys.Skip(1), (parent, child) => new Relationship(parent) { Children = [child] })]));
    }

    private static ObjectData Host() => new(new ObjectKey("h", "A", "host") { Identifiers = [new Identifier("id", "1", true)] });

    private static IEnumerable<string> Check(params ObjectData[] objects) => CollectionCheck
        .Run(new CollectResult { Result = objects }, Described)
        .Select(finding => $"{(finding.IsError ? "error" : "warning")}: {finding}");
}
