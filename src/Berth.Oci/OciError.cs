namespace Berth.Oci;

/// <summary>An error of the distribution API: its code, the HTTP status it is sent with, and what it says when nothing better is known.</summary>
/// <remarks>
/// OCI distribution specification 1.1, "Error Codes"; the codes that Docker's token flow adds, and those a server needs beside them.
/// This table is the only place where a code meets a status.
/// </remarks>
public sealed record OciError(string Code, int Status, string Message)
{
    public static readonly OciError BlobUnknown = new("BLOB_UNKNOWN", 404, "this repository has no such blob");
    public static readonly OciError BlobUploadInvalid = new("BLOB_UPLOAD_INVALID", 400, "the upload cannot go on as asked");
    public static readonly OciError BlobUploadUnknown = new("BLOB_UPLOAD_UNKNOWN", 404, "this repository has no such upload session; start a new one");
    public static readonly OciError BlobUploadOutOfOrder = new("BLOB_UPLOAD_INVALID", 416, "the chunk does not start where the upload stands");
    public static readonly OciError BlobUploadStalled = new(
        "BLOB_UPLOAD_INVALID", 408, "nothing arrived for minutes; ask where the upload stands and go on from there");
    public static readonly OciError DigestInvalid = new("DIGEST_INVALID", 400, "the digest is malformed or does not match the content");
    public static readonly OciError ManifestBlobUnknown = new("MANIFEST_BLOB_UNKNOWN", 400, "the manifest names content that this repository does not have");
    public static readonly OciError ManifestInvalid = new("MANIFEST_INVALID", 400, "the manifest is not valid");
    public static readonly OciError ManifestTooLarge = new("MANIFEST_INVALID", 413, "the manifest is larger than 4 MiB");
    public static readonly OciError ManifestUnknown = new("MANIFEST_UNKNOWN", 404, "this repository has no such manifest");
    public static readonly OciError NameInvalid = new("NAME_INVALID", 400, "the repository name is not valid");
    public static readonly OciError NameUnknown = new("NAME_UNKNOWN", 404, "there is no such repository");
    public static readonly OciError TagInvalid = new("TAG_INVALID", 400, "the tag is not valid");
    public static readonly OciError SizeInvalid = new("SIZE_INVALID", 400, "the content's length is not what was announced");
    public static readonly OciError RangeInvalid = new("RANGE_INVALID", 416, "the range lies outside the content");
    public static readonly OciError Unauthorized = new("UNAUTHORIZED", 401, "a login is needed for this");
    public static readonly OciError Denied = new("DENIED", 403, "this login may not do that");
    public static readonly OciError BlobReferenced = new("DENIED", 405, "a manifest in this repository still needs the blob; delete the manifest first");
    public static readonly OciError ManifestReferenced = new("DENIED", 405, "an index in this repository still needs the manifest; delete the index first");
    public static readonly OciError ManifestPinned = new(
        "DENIED", 405, "the manifest is pinned, by name or by a management pack that is stored beside it, and appliances pull it by this digest; "
        + "remove the pin or the pack's artifact first, or insist with ?force=true");
    public static readonly OciError ManifestInUse = new(
        "DENIED", 405, "the manifest was pulled not long ago without a login, as appliances do, and may be needed again; insist with ?force=true");
    public static readonly OciError TagImmutable = new(
        "DENIED", 409, "the tag is immutable here: it names another manifest and is not moved, nor deleted without ?force=true; push under a new tag");
    public static readonly OciError PreconditionFailed = new(
        "PRECONDITION_FAILED", 412, "what is stored there is not what the request expects; fetch it and try again");
    public static readonly OciError Unsupported = new("UNSUPPORTED", 405, "this operation is not supported here");
    public static readonly OciError NotFound = new("NOT_FOUND", 404, "nothing is served at this address");
    public static readonly OciError BadRequest = new("BAD_REQUEST", 400, "the request cannot be understood");
    public static readonly OciError RequestTooLarge = new("SIZE_INVALID", 413, "the request is larger than anything taken here");
    public static readonly OciError MediaTypeUnsupported = new("UNSUPPORTED", 415, "this content type is not taken here");
    public static readonly OciError TooManyRequests = new("TOOMANYREQUESTS", 429, "too many requests; wait before the next one");
    public static readonly OciError StorageFull = new("STORAGE_FULL", 507, "the registry has no room left; free space on its disk and push again");
    public static readonly OciError Unknown = new("UNKNOWN", 500, "the registry failed; its log has the reason");
}
