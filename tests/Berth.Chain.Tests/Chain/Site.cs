using System.Diagnostics;
using System.Globalization;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>
/// A place of its own on this machine: network, processes, mounts and a Docker Engine that nobody else reaches, and a name in its hosts file.
/// It goes away with everything that runs in it. A directory may be shared with others, like a disk that is carried there.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private static int _count;

    private readonly ScratchDirectory _scratch = new();
    private readonly List<Process> _servers = [];
    private readonly Process _first;
    private readonly string _directory;

    private Site(string directory, string host, string address)
    {
        _directory = directory;
        _scratch.Write("hosts", $"127.0.0.1 localhost\n{address} {host}\n");
        Directory.CreateDirectory(_scratch.File("bin"));
        foreach (var program in new[] { Executables.Berth, Executables.MpBuild, Executables.MpInstall })
            File.CreateSymbolicLink(_scratch.File($"bin/{Path.GetFileName(program)}"), program);
        string[] unshare = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
        _first = new Command("unshare", [.. unshare, Path.Combine(Executables.Checkout, "tests", "Berth.Chain.Tests", "Chain", "site.sh")])
            .With("SITE", _scratch.FullName)
            .With("SITE_ADDRESS", address)
            .With("SITE_CGROUP", Cgroup())
            .Start();
    }

    /// <param name="directory">Where its commands run.</param>
    /// <param name="host">The name of its registry.</param>
    public static async Task<Site> StartAsync(string directory, string host, string address = "198.18.0.1")
    {
        var site = new Site(directory, host, address);
        try
        {
            await new OutputLines(site._first).WaitForAsync<bool>(line => line == "ready" ? true : null, "that its engine answers");
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Commands of a shell, which ends with the first of them that fails.</summary>
    public Command Shell(string commands) =>
        new Command("nsenter", ["--target", FirstInside(), "--net", "--mount", "--pid", "--", "bash", "-euo", "pipefail", "-c", $"cd '{_directory}'\n{commands}"])
            .With("PATH", $"{_scratch.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin")
            .With("HOME", _scratch.FullName)
            .With("DOCKER_CONFIG", _scratch.File("docker"))
            .With("DOCKER_HOST", $"unix://{_scratch.File("docker.sock")}");

    /// <summary>Starts `berth serve`, which goes on until the site ends.</summary>
    public async Task ServeAsync(string commands)
    {
        var server = Shell(commands).Start();
        _servers.Add(server);
        await new OutputLines(server).WaitForAsync<bool>(
            line => line.Contains("berth is serving ", StringComparison.Ordinal) ? true : null, "that it serves");
    }

    public async ValueTask DisposeAsync()
    {
        // The first process of a process namespace takes all others with it.
        if (!_first.HasExited)
            _first.Kill();
        foreach (var process in _servers.Append(_first))
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _scratch.Dispose();
    }

    private string FirstInside() =>
        File.ReadAllText($"/proc/{_first.Id}/task/{_first.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Single();

    /// <summary>Below the one that the script removes that started the tests, when it has one.</summary>
    private static string Cgroup()
    {
        var work = Path.GetFileName(Environment.GetEnvironmentVariable("BERTH_ENGINE_WORK") ?? "site");
        var number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        return $"/berth-{string.Concat(work.Where(char.IsAsciiLetterOrDigit))}/site{number}";
    }
}
