using System.Text;
using System.Text.Json.Nodes;
using Berth.Packaging.Describe;
using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Describe;

public sealed class DefinitionTests
{
    [Theory]
    [InlineData("", "is not valid")]
    [InlineData("null", "is not valid")]
    [InlineData("[]", "is not valid")]
    [InlineData("{\"adapter_key\": \"K\"}", "missing required properties")]
    public void What_is_no_definition_is_refused(string json, string expected)
    {
        var e = Assert.Throws<PackException>(() => DefinitionReader.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(PackFailure.Validation, e.Failure);
        Assert.StartsWith("the adapter's definition (GET /adapterDefinition) is not valid", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_member_is_named_with_its_place()
    {
        var definition = Definitions.Small();
        ((JsonObject)definition["object_types"]![0]!["attributes"]![0]!).Remove("data_type");

        var e = Assert.Throws<PackException>(() => Read(definition));

        Assert.Contains("$.object_types[0].attributes[0]", e.Message, StringComparison.Ordinal);
        Assert.Contains("'data_type'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapter_key", "\"a b\"", "adapter_key: 'a b'")]
    [InlineData("adapter_label", "\"bell\\u0007\"", "control characters")]
    [InlineData("credential_types", "[{\"key\": \"c\", \"label\": \"C\", \"fields\": []}]", "has no field")]
    [InlineData("object_types", "[{\"key\": \"K_i\", \"label\": \"L\"}]", "the key 'K_i' is given twice")]
    [InlineData("object_types", "[{\"key\": \"a|b\", \"label\": \"L\"}]", "no valid key")]
    [InlineData("object_types", "[{\"key\": \"\", \"label\": \"L\"}]", "no valid key")]
    public void A_broken_rule_is_named(string member, string value, string expected)
    {
        var definition = Definitions.Small();
        definition[member] = JsonNode.Parse(value);

        Assert.Contains(expected, OnlyProblem(definition), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unit", "\"parsec\"", "has the unit 'parsec'")]
    [InlineData("data_type", "\"string\"", "metric of type string")]
    [InlineData("key", "\" k\"", "no valid key")]
    public void A_broken_rule_of_an_attribute_is_named(string member, string value, string expected)
    {
        var definition = Definitions.Small();
        definition["object_types"]![0]!["attributes"]![0]![member] = JsonNode.Parse(value);

        Assert.Contains(expected, OnlyProblem(definition), StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_has_to_be_among_the_values()
    {
        var definition = Definitions.Small();
        definition["adapter_instance"]!["identifiers"]![0]!["default"] = "c";

        Assert.Contains("the default 'c'", OnlyProblem(definition), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("\\ufffe")]
    public void What_XML_cannot_hold_is_refused(string escape)
    {
        var json = Definitions.Small().ToJsonString().Replace("\"Inst\"", $"\"{escape}\"", StringComparison.Ordinal);
        var findings = new Findings();

        var e = Assert.Throws<PackException>(() =>
        {
            DescribeWriter.Write(DefinitionReader.Read(Encoding.UTF8.GetBytes(json)), [], findings);
            findings.ThrowIfProblems();
        });

        Assert.Equal(PackFailure.Validation, e.Failure);
        Assert.Contains("definition", e.Message, StringComparison.Ordinal);
    }

    private static string OnlyProblem(JsonNode definition) =>
        Assert.Single(Assert.Throws<PackException>(() => Definitions.Write(definition)).Problems);

    private static AdapterDefinition Read(JsonNode definition) => DefinitionReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString()));
}
