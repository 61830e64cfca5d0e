namespace Berth.Packaging.Pak;

/// <summary>One entry of an archive: a directory (name with a trailing slash, no content) or a file.</summary>
/// <param name="Name">Full name in the archive, parts joined by '/'.</param>
/// <param name="Open">Null for a directory.</param>
internal sealed record PakEntry(string Name, Func<Stream>? Open)
{
    public static PakEntry OfDirectory(string name) => new($"{name}/", null);

    /// <remarks>What is empty is not opened, which also keeps a named pipe from blocking.</remarks>
    public static PakEntry OfFile(string name, string path) =>
        new(name, () => new FileInfo(path).Length == 0 ? Stream.Null : File.OpenRead(path));

    public static PakEntry OfBytes(string name, byte[] content) => new(name, () => new MemoryStream(content, writable: false));
}
