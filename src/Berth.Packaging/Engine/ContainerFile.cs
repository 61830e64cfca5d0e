namespace Berth.Packaging.Engine;

/// <summary>A file that is put into a container before it starts.</summary>
/// <param name="Path">Absolute, with slashes.</param>
internal sealed record ContainerFile(string Path, ReadOnlyMemory<byte> Content, UnixFileMode Mode);
