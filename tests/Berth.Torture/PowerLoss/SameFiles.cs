namespace Berth.Torture.PowerLoss;

/// <summary>Two directories hold the same.</summary>
internal static class SameFiles
{
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void Require(string left, string right)
    {
        var files = Files(left);
        var others = Files(right);
        if (files.Except(others).Concat(others.Except(files)).FirstOrDefault() is { } only)
            throw new InvalidDataException($"only one of {left} and {right} has {only}");
        foreach (var file in files)
        {
            if (!File.ReadAllBytes(Path.Combine(left, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(right, file))))
                throw new InvalidDataException($"{file} differs in {left} and {right}");
        }
    }

    /// <summary>Without the index of SQLite's log, which is written through memory and need not survive.</summary>
    private static List<string> Files(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(directory, file)),
    ];
}
