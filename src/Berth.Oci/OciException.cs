namespace Berth.Oci;

/// <summary>A rule of the protocol was broken by the caller; carries the entry of the error table to answer with.</summary>
public sealed class OciException : Exception
{
    public OciException(OciError error, string? detail = null)
        : this(error, detail is null ? [] : [detail])
    {
    }

    /// <param name="details">One entry of the error body each; none gives one entry without detail.</param>
    public OciException(OciError error, IReadOnlyList<string> details)
        : base(details.Count == 0 ? error.Message : $"{error.Message}: {string.Join("; ", details)}")
    {
        Error = error;
        Details = details;
    }

    public OciError Error { get; }

    public IReadOnlyList<string> Details { get; }
}
