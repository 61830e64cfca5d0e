using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Berth.Packaging.Describe;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Tests.Describe;

public sealed class DescribeWriterTests
{
    private const string Golden =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <AdapterKind key="K" nameKey="1" version="3" xmlns="http://schemas.vmware.com/vcops/schema">
          <CredentialKinds />
          <ResourceKinds>
            <ResourceKind key="K_i" nameKey="2" type="7">
              <ResourceIdentifier default="b" key="m" nameKey="3" required="true" dispOrder="0" enum="true" type="string" identType="1">
                <enum value="a" nameKey="4" default="false" />
                <enum value="b" nameKey="5" default="true" />
              </ResourceIdentifier>
            </ResourceKind>
            <ResourceKind key="o" nameKey="1" type="1">
              <ResourceAttribute key="k" nameKey="6" unit="" dashboardOrder="0" dataType="float" isProperty="false" isRate="false" isDiscrete="false" isImpact="false" defaultMonitored="true" keyAttribute="false" isKpi="true" />
            </ResourceKind>
          </ResourceKinds>
          <UnitDefinitions>
            <UnitType key="Ratio">
              <Unit key="percent" nameKey="7" order="1" conversionFactor="1" />
            </UnitType>
            <UnitType key="Time">
              <Unit key="picoseconds" nameKey="8" order="1" conversionFactor="1" />

        """;

    [Fact]
    public void The_worked_example_gives_the_known_document()
    {
        Assert.StartsWith(Golden, Xml(Definitions.Small()), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_numbered_in_the_order_of_their_first_use()
    {
        var lines = Properties(Definitions.Small()).TrimEnd('\n').Split('\n');

        Assert.Equal(["1 = Label", "2 = Inst", "3 = Mode", "3.description = tip", "4 = A", "5 = B", "6 = kpi", "7 = %", "8 = ps"], lines[..9]);
        Assert.Equal(223, lines.Length);
    }

    [Fact]
    public void All_units_are_defined_and_a_label_of_the_definition_is_shared_with_a_unit()
    {
        var document = XDocument.Parse(Xml(Definitions.Small()));
        var units = document.Descendants(DescribeWriter.Namespace + "Unit").ToList();

        Assert.Equal(79, document.Descendants(DescribeWriter.Namespace + "UnitType").Count());
        Assert.Equal(222, units.Count);
        Assert.Equal("5", (string?)units.Single(unit => (string?)unit.Attribute("key") == "byte").Attribute("nameKey"));
    }

    [Fact]
    public void The_same_definition_gives_the_same_bytes()
    {
        var first = Write(Definitions.Small());
        var second = Write(Definitions.Small());

        Assert.Equal(first.Xml, second.Xml);
        Assert.Equal(first.Properties, second.Properties);
    }

    [Fact]
    public void Credentials_come_first_and_the_adapter_instance_names_them()
    {
        var definition = Definitions.Small();
        definition["credential_types"] = JsonNode.Parse(
            """
            [{"key": "login", "label": "Login", "fields": [
              {"key": "user", "label": "User", "required": true, "password": false, "enum": false, "display_order": 0, "type": "string", "default": "root"},
              {"key": "pass", "label": "Pass", "required": true, "password": true, "enum": false, "display_order": 1, "type": "string"}]},
             {"key": "token", "label": "Token", "fields": [
              {"key": "t", "label": "T", "required": false, "password": true, "enum": false, "display_order": 0, "type": "string"}]}]
            """);

        var xml = Xml(definition);

        Assert.Contains("<CredentialKind key=\"login\" nameKey=\"2\">", xml, StringComparison.Ordinal);
        Assert.Contains("<CredentialField key=\"user\" nameKey=\"3\" required=\"true\" dispOrder=\"0\" password=\"false\" enum=\"false\" type=\"string\" default=\"root\" />", xml, StringComparison.Ordinal);
        Assert.Contains("<CredentialField key=\"pass\" nameKey=\"4\" required=\"true\" dispOrder=\"1\" password=\"true\" enum=\"false\" type=\"string\" />", xml, StringComparison.Ordinal);
        Assert.Contains("<ResourceKind key=\"K_i\" nameKey=\"7\" type=\"7\" credentialKind=\"login,token\">", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_nest_and_stand_before_their_attributes()
    {
        var definition = Definitions.Small();
        definition["object_types"]![0]!["groups"] = new JsonArray(new JsonObject
        {
            ["key"] = "g",
            ["label"] = "G",
            ["instanced"] = true,
            ["instance_required"] = false,
            ["attributes"] = new JsonArray(Definitions.Attribute("outer", "Outer")),
            ["groups"] = new JsonArray(new JsonObject
            {
                ["key"] = "h",
                ["label"] = "H",
                ["instanced"] = false,
                ["instance_required"] = true,
                ["attributes"] = new JsonArray(Definitions.Attribute("inner", "Inner")),
            }),
        });

        var groups = XDocument.Parse(Xml(definition)).Descendants(DescribeWriter.Namespace + "ResourceGroup").ToList();

        Assert.Equal(["h", "outer"], groups[0].Elements().Select(child => (string?)child.Attribute("key")));
        Assert.Equal(["7", "8", "9", "10"], groups[0].DescendantsAndSelf().Select(element => (string?)element.Attribute("nameKey")));
        Assert.Equal("megabyte", (string?)groups[1].Elements().Single().Attribute("unit"));
    }

    [Fact]
    public void Identifiers_that_share_a_label_keep_their_own_descriptions()
    {
        var definition = Definitions.Small();
        var identifiers = (JsonArray)definition["adapter_instance"]!["identifiers"]!;
        var second = identifiers[0]!.DeepClone();
        second["key"] = "m2";
        second["description"] = "another tip";
        second["length"] = 12;
        second["enum"] = false;
        second["default"] = 1024;
        second.AsObject().Remove("enum_values");
        second.AsObject().Remove("required");
        identifiers.Add(second);

        Assert.Contains("3 = Mode\n3.description = tip\n4 = A\n5 = B\n6 = Mode\n6.description = another tip\n", Properties(definition), StringComparison.Ordinal);
        Assert.Contains("default=\"1024\" key=\"m2\" nameKey=\"6\" required=\"true\" dispOrder=\"0\" enum=\"false\" type=\"string\" identType=\"1\" length=\"12\" />", Xml(definition), StringComparison.Ordinal);
    }

    [Fact]
    public void Enum_values_that_are_plain_strings_have_no_label()
    {
        var definition = Definitions.Small();
        definition.Remove("schema_version");
        definition["adapter_instance"]!["identifiers"]![0]!["enum_values"] = new JsonArray("x", "b");

        Assert.Contains("<enum value=\"x\" default=\"false\" />\n        <enum value=\"b\" default=\"true\" />", Xml(definition), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData(" lead", "\\ lead")]
    [InlineData("two\nlines", "two\\nlines")]
    [InlineData("k=v:w #x", "k=v:w #x")]
    [InlineData("Größe", "Größe")]
    public void What_a_properties_reader_would_misread_is_escaped(string label, string expected)
    {
        var definition = Definitions.Small();
        definition["adapter_label"] = label;

        Assert.StartsWith($"1 = {expected}\n2 = Inst\n", Properties(definition), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_missing_is_the_key()
    {
        var definition = Definitions.Small();
        definition["adapter_label"] = null;

        Assert.StartsWith("1 = K\n", Properties(definition), StringComparison.Ordinal);
    }

    private static string Xml(JsonNode definition) => Encoding.UTF8.GetString(Write(definition).Xml);

    private static string Properties(JsonNode definition) => Encoding.UTF8.GetString(Write(definition).Properties);

    private static GeneratedDescribe Write(JsonNode definition) => Definitions.Write(definition);
}
