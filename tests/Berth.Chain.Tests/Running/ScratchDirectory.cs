namespace Berth.Chain.Tests.Running;

/// <summary>A directory that is gone when the test has ended.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("berth-test-").FullName;

    public string File(string name) => Path.Combine(FullName, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
