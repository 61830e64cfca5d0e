using System.Diagnostics;

namespace Berth.Server.Api;

/// <summary>Something that a client should show its user although the request succeeded (OCI distribution specification 1.1, "Warnings").</summary>
internal static class Warning
{
    /// <summary>In bytes. The specification allows 4096 for all warnings of an answer together; one answer here has one.</summary>
    private const int MaxLength = 1024;

    /// <param name="text">Printable ASCII.</param>
    public static void Add(HttpResponse response, string text)
    {
        Debug.Assert(text.Length <= MaxLength, "a warning is a sentence");
        var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        response.Headers.Append("Warning", $"299 - \"{quoted}\"");
    }
}
