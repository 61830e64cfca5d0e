using System.Globalization;

namespace Berth.Packaging.Images;

/// <summary>A directory of our own for compressed layers on their way to a registry. Nobody else can read it, and it goes with this object.</summary>
internal sealed class SpoolDirectory : IDisposable
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT

    private readonly long _needed;
    private readonly Lazy<string> _directory;
    private int _files;

    /// <param name="needed">How many bytes may come together, for the message when the disk is full.</param>
    /// <param name="parent">Null: the system's directory for temporary files.</param>
    public SpoolDirectory(long needed, string? parent = null)
    {
        _needed = needed;
        _directory = new Lazy<string>(() => Make(parent ?? Path.GetTempPath()));
    }

    private string Parent => Path.GetDirectoryName(_directory.Value)!;

    public SpoolFile NewFile() => new(Path.Combine(_directory.Value, $"{Interlocked.Increment(ref _files)}"), this);

    /// <summary>What to tell about a failure to write here; null when it is not about room.</summary>
    public PackException? FullDisk(IOException e) => e.HResult is not (NoSpace or QuotaExceeded) ? null : new PackException(
        PackFailure.Push,
        string.Create(
            CultureInfo.InvariantCulture,
            $"no room in {Parent} for the image's layers on their way to the registry: up to {Math.Ceiling(_needed / 1e6):0} MB are needed; free some, or name another directory in TMPDIR"),
        e);

    public void Dispose()
    {
        if (_directory.IsValueCreated && Directory.Exists(_directory.Value))
            Directory.Delete(_directory.Value, recursive: true);
    }

    private static string Make(string parent)
    {
        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var path = Path.Combine(Path.TrimEndingDirectorySeparator(Path.GetFullPath(parent)), $"mp-build-{Path.GetRandomFileName()}");
        return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, ours)).FullName;
    }
}
