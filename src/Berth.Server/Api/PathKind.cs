namespace Berth.Server.Api;

/// <summary>What an address of the distribution API names.</summary>
internal enum PathKind
{
    Root,
    Catalog,
    Blob,
    Uploads,
    Upload,
    Manifest,
    Tags,
    Referrers,
}
