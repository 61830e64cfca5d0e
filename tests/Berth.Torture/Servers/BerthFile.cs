namespace Berth.Torture.Servers;

/// <summary>
/// The server's executable: as published, below the directory that BERTH_BIN names, in a directory of its own name; or, without BERTH_BIN,
/// as this build made it.
/// </summary>
internal static class BerthFile
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var configuration = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Environment.GetEnvironmentVariable("BERTH_BIN") is { Length: > 0 } published
            ? System.IO.Path.Combine(System.IO.Path.GetFullPath(published), "berth", "berth")
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "Berth.Server", configuration, "berth"));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: build src/Berth.Server, or set BERTH_BIN", path);
    }
}
