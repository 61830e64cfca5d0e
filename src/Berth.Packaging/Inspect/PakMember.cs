namespace Berth.Packaging.Inspect;

/// <summary>A file or directory in a pak.</summary>
/// <param name="Name">As the archive has it; what is in adapter.zip is <c>adapter.zip!NAME</c>.</param>
/// <param name="Bytes">Not compressed, as the archive says.</param>
public sealed record PakMember(string Name, long Bytes, bool IsDirectory);
