namespace Berth.Packaging.Init;

/// <summary>Files in a directory that was not there, or empty. Until they are kept they can be taken back: these and nothing else.</summary>
internal sealed class NewFiles(string directory) : IDisposable
{
    private readonly List<string> _directories = [];
    private readonly List<string> _owned = [];
    private readonly List<string> _files = [];
    private bool _isKept;

    public void Write(string path, byte[] content, bool isExecutable)
    {
        var full = Path.Combine(directory, path);
        MakeDirectory(Path.GetDirectoryName(full)!);
        using (var file = new FileStream(full, FileMode.CreateNew))
        {
            _files.Add(full);
            file.Write(content);
        }

        const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (isExecutable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(full, All | UnixFileMode.UserWrite);
    }

    /// <summary>Says that a directory with all that is in it is ours: another program made it.</summary>
    public void Own(string path) => _owned.Add(Path.Combine(directory, path));

    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (_isKept)
            return;
        foreach (var file in _files)
            File.Delete(file);
        foreach (var owned in _owned.Where(Directory.Exists))
            Directory.Delete(owned, recursive: true);
        foreach (var made in Enumerable.Reverse(_directories).Where(IsEmpty))
            Directory.Delete(made);
    }

    /// <remarks>One that somebody else has put something into meanwhile is not.</remarks>
    private static bool IsEmpty(string path) => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();

    private void MakeDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(path) is { } parent)
            MakeDirectory(parent);
        Directory.CreateDirectory(path);
        _directories.Add(path);
    }
}
