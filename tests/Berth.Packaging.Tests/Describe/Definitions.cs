using System.Text;
using System.Text.Json.Nodes;
using Berth.Packaging.Describe;
using Berth.Packaging.Pak;
using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Describe;

/// <summary>Definitions as an adapter's library sends them.</summary>
internal static class Definitions
{
    public static JsonObject Small() => (JsonObject)JsonNode.Parse(
        """
        {
          "adapter_key": "K", "adapter_label": "Label", "describe_version": 3, "schema_version": 1,
          "adapter_instance": {
            "key": "K_i", "label": "Inst", "attributes": [], "groups": [],
            "identifiers": [{
              "key": "m", "label": "Mode", "description": "tip", "required": true, "ident_type": 1, "enum": true, "display_order": 0,
              "type": "string", "default": "b",
              "enum_values": [{"key": "b", "label": "B", "display_order": 1}, {"key": "a", "label": "A", "display_order": 0}]
            }]
          },
          "credential_types": [],
          "object_types": [{
            "key": "o", "label": "Label", "identifiers": [], "groups": [],
            "attributes": [{
              "key": "k", "label": "kpi", "unit": null, "is_rate": false, "is_discrete": false, "is_kpi": true, "is_impact": false,
              "is_key_attribute": false, "dashboard_order": 0, "data_type": "float", "is_property": false
            }]
          }]
        }
        """)!;

    /// <exception cref="PackException">All problems found.</exception>
    public static GeneratedDescribe Write(JsonNode definition, params IReadOnlyList<DescribeFragment> fragments)
    {
        var findings = new Findings();
        var describe = DescribeWriter.Write(DefinitionReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString())), fragments, findings);
        findings.ThrowIfProblems();
        return describe!;
    }

    public static JsonObject Attribute(string key, string label) => (JsonObject)JsonNode.Parse(
        $$"""
        {
          "key": "{{key}}", "label": "{{label}}", "unit": "megabyte", "is_rate": true, "is_discrete": false, "is_kpi": false, "is_impact": true,
          "is_key_attribute": true, "dashboard_order": 4, "data_type": "float", "is_property": false
        }
        """)!;
}
