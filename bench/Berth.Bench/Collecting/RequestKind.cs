namespace Berth.Bench.Collecting;

internal enum RequestKind
{
    ManifestGet,
    BlobGet,
    BlobHead,
    BlobPush,
    ManifestPush,
}
