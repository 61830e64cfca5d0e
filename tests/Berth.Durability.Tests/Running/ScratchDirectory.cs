namespace Berth.Durability.Tests.Running;

/// <summary>A directory that is gone when the test has ended.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("berth-durability-").FullName;

    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
