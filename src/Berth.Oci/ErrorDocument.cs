namespace Berth.Oci;

/// <summary>The error body of the distribution API (OCI distribution specification 1.1, "Error Codes").</summary>
public sealed record ErrorDocument(IReadOnlyList<ErrorEntry> Errors);

/// <param name="Detail">Free text; what exactly was wrong.</param>
public sealed record ErrorEntry(string Code, string Message, string? Detail = null);
