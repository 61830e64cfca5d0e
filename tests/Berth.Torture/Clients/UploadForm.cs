namespace Berth.Torture.Clients;

/// <summary>The ways to upload a blob (OCI distribution specification 1.1, "Pushing blobs").</summary>
internal enum UploadForm
{
    OneRequest,
    TwoRequests,

    /// <summary>PATCH without a length.</summary>
    Stream,

    /// <summary>PATCH with Content-Range, several times.</summary>
    Chunks,
}
