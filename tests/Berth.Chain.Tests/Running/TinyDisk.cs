using System.Diagnostics;

namespace Berth.Chain.Tests.Running;

/// <summary>A file system in memory that is soon full.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly ScratchDirectory? _scratch;

    private TinyDisk(string path, ScratchDirectory? scratch) => (Path, _scratch) = (path, scratch);

    public string Path { get; }

    /// <param name="size">As mount takes it.</param>
    /// <param name="directory">Where; null: a directory of its own.</param>
    public static TinyDisk Mount(string size, string? directory = null)
    {
        var scratch = directory is null ? new ScratchDirectory() : null;
        var path = directory ?? Directory.CreateDirectory(scratch!.File("disk")).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={size},nr_inodes=64", "tmpfs", path);
        return new TinyDisk(path, scratch);
    }

    public void Dispose()
    {
        Run("umount", Path);
        _scratch?.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
