namespace Berth.Packaging.Tests;

/// <summary>A directory of a test's own, removed with it.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("berth-test-").FullName;

    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(FullPath, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Write(string name, byte[] content)
    {
        var path = Write(name, "");
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Path(string name) => System.IO.Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
