namespace Berth.Oci.Signing;

/// <summary>A key cannot be used; the message begins with its file and says why and what to do. It never tells of a password.</summary>
public sealed class KeyException(string path, string problem) : Exception($"{path} {problem}");
