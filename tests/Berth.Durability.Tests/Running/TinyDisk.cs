using System.Diagnostics;

namespace Berth.Durability.Tests.Running;

/// <summary>A file system in memory that can be filled, and be made read-only. Mounting takes root.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public TinyDisk(string size)
    {
        Directory.CreateDirectory(Root);
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Root);
    }

    public string Root => _scratch.File("disk");

    private string Filler => Path.Combine(Root, "filler");

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Remount(string how) => Run("mount", "-o", $"remount,{how}", Root);

    public void Dispose()
    {
        Run("umount", Root);
        _scratch.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
