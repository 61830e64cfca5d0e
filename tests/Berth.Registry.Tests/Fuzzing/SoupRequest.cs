namespace Berth.Registry.Tests.Fuzzing;

/// <summary>A request whose framing is sound, and everything else anything. One character is one byte.</summary>
internal sealed record SoupRequest(string Method, string Target, string[] Headers, string Body)
{
    public string Bytes => string.Join(
        "\r\n", [$"{Method} {Target} HTTP/1.1", "Host: registry.test", .. Headers, $"Content-Length: {Body.Length}", "", Body]);

    public override string ToString() => System.Text.Json.JsonSerializer.Serialize(Bytes);
}
