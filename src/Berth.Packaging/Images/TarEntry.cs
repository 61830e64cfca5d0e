namespace Berth.Packaging.Images;

/// <summary>What a tar says of one of its entries.</summary>
/// <param name="Name">As written, with slashes; not to be used as a path of this machine.</param>
/// <param name="LinkTarget">Of a hard or symbolic link.</param>
/// <param name="Size">Of the content that follows, in bytes.</param>
internal readonly record struct TarEntry(string Name, TarEntryKind Kind, string LinkTarget, long Size);

internal enum TarEntryKind
{
    File,
    HardLink,
    SymbolicLink,
    Other,
}
