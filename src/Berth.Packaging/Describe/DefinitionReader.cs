using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Describe;

internal static class DefinitionReader
{
    /// <exception cref="PackException">The bytes are no definition.</exception>
    public static AdapterDefinition Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, DescribeJson.Default.AdapterDefinition) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            var place = e.Path is null or "$" ? "" : $" at {Quote.Short(e.Path)}";
            throw new PackException(
                PackFailure.Validation, $"the adapter's definition (GET /adapterDefinition) is not valid{place}: {Reason(e)}", e);
        }
    }

    private static string Reason(JsonException e) => e.Message.Split(" Path:")[0].Split(" LineNumber:")[0]
        .Replace("JSON deserialization for type '", "", StringComparison.Ordinal)
        .Replace("Berth.Packaging.Describe.", "", StringComparison.Ordinal);
}
