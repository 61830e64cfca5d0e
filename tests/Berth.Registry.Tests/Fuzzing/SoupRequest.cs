namespace Berth.Registry.Tests.Fuzzing;

/// <summary>A request whose framing is sound, and everything else anything. One character is one byte.</summary>
internal sealed record SoupRequest(string Method, string Target, string[] Headers, string Body)
{
    public string Bytes => $"{Method} {Target} HTTP/1.1\r\nHost: registry.test\r\n{string.Concat(Headers.Select(header => $"{header}\r\n"))}Content-Length: {Body.Length}\r\n\r\n{Body}";

    public override string ToString() => System.Text.Json.JsonSerializer.Serialize(Bytes);
}
