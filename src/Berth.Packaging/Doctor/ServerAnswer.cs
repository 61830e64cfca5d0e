using System.Net;

namespace Berth.Packaging.Doctor;

/// <summary>What came of asking a server for /v2/.</summary>
/// <param name="Status">Null when no answer in HTTP came.</param>
/// <param name="Trouble">What the connection failed with; null when there was an answer.</param>
/// <param name="Certificates">Null where there was no TLS.</param>
internal sealed record ServerAnswer(HttpStatusCode? Status, string? Trouble, PresentedCertificates? Certificates)
{
    public string? MediaType { get; init; }

    public Uri? Location { get; init; }

    /// <summary>The time of the server; null when it does not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The schemes of its challenges.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = [];

    public bool IsWebPage => MediaType is "text/html" or "application/xhtml+xml";
}
