using System.Text.Json;

namespace Berth.Registry.Tests.Api;

/// <summary>A response as it came over the wire, one character for each byte.</summary>
internal sealed record RawResponse(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    /// <summary>The code of the specification's error body; null when the body is something else.</summary>
    public string? ErrorCode
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                return document.RootElement.GetProperty("errors")[0].GetProperty("code").GetString();
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
            {
                return null;
            }
        }
    }

    /// <summary>The values of a header, one for each line.</summary>
    public string[] Lines(string name) =>
        [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    public string Header(string name) => Assert.Single(Lines(name));
}
