using System.Diagnostics;

namespace Berth.Packaging.Tests.Images;

/// <summary>A file system of one megabyte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => FullPath = path;

    public string FullPath { get; }

    public static async Task<SmallDisk> MountAsync(string path)
    {
        Directory.CreateDirectory(path);
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]);
        await mount.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(mount.ExitCode == 0, "A file system could not be mounted: run the tests as root.");
        return new SmallDisk(path);
    }

    public void Dispose()
    {
        using var unmount = Process.Start("umount", [FullPath]);
        unmount.WaitForExit();
    }
}
