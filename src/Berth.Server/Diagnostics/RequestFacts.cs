namespace Berth.Server.Diagnostics;

/// <summary>What a request's log line says beside what the server knows of it.</summary>
internal sealed class RequestFacts
{
    /// <summary>Account that asked; null when nobody in particular.</summary>
    public string? Account { get; set; }

    /// <summary>Bytes of a streamed body that the connection took; an aborted one shows how far it came.</summary>
    public long BytesSent { get; set; }

    /// <summary>Bytes of a streamed body that arrived, whatever its sender had announced.</summary>
    public long BytesReceived { get; set; }
}

internal static class RequestFactsExtensions
{
    public static RequestFacts Facts(this HttpContext http)
    {
        if (http.Features.Get<RequestFacts>() is { } known)
            return known;
        var facts = new RequestFacts();
        http.Features.Set(facts);
        return facts;
    }
}
