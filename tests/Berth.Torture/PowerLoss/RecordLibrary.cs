using System.Diagnostics;
using Berth.Torture.Servers;

namespace Berth.Torture.PowerLoss;

/// <summary>record.c, compiled, and how a server is started with it.</summary>
internal sealed class RecordLibrary
{
    private readonly string _file;

    private RecordLibrary(string file) => _file = file;

    public static async Task<RecordLibrary> BuildAsync(string directory, CancellationToken cancelled)
    {
        var file = Path.Combine(directory, "record.so");
        string[] arguments = ["-Wall", "-Wextra", "-O1", "-fPIC", "-shared", "-o", file, Path.Combine(AppContext.BaseDirectory, "record.c"), "-ldl", "-lpthread"];
        using var compiler = Process.Start("clang", arguments);
        await compiler.WaitForExitAsync(cancelled);
        return compiler.ExitCode == 0 ? new RecordLibrary(file) : throw new InvalidOperationException($"clang ended with {compiler.ExitCode}");
    }

    /// <summary>Everything the server does to its files is written down.</summary>
    public ServerSettings Recording(ServerSettings settings, string dataDirectory, string record) =>
        With(settings, dataDirectory, new("BERTH_RECORD_TO", record));

    /// <summary>A file of the store cannot be read from some byte on, while <paramref name="control"/> has one of its name and of that length.</summary>
    public ServerSettings FailingReads(ServerSettings settings, string dataDirectory, string control) =>
        With(settings, dataDirectory, new("BERTH_RECORD_EIO", control));

    private ServerSettings With(ServerSettings settings, string dataDirectory, KeyValuePair<string, string> more) => settings with
    {
        More = new Dictionary<string, string>(settings.More)
        {
            ["LD_PRELOAD"] = _file,
            ["BERTH_RECORD_BELOW"] = dataDirectory,
            [more.Key] = more.Value,
        },
    };
}
