namespace Berth.Chain.Tests.Running;

/// <summary>
/// The three executables: as published, below the directory that BERTH_BIN names, each in a directory of its own name; or, without
/// BERTH_BIN, as this build made them.
/// </summary>
internal static class Executables
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("BERTH_BIN");

    public static string Checkout { get; } = FindCheckout(AppContext.BaseDirectory);

    public static string Berth => Find("berth", "Berth.Server");

    public static string MpBuild => Find("mp-build", "mp-build");

    public static string MpInstall => Find("mp-install", "mp-install");

    private static string Find(string name, string project)
    {
        // artifacts/bin/PROJECT/CONFIGURATION: the configuration is the one of this test.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Published is { Length: > 0 } directory
            ? Path.Combine(Path.GetFullPath(directory), name, name)
            : Path.Combine(Checkout, "artifacts", "bin", project, configuration, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: run ./test.sh, or build {project}", path);
    }

    private static string FindCheckout(string from)
    {
        var directory = new DirectoryInfo(from);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Berth.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException($"{from} is not below a checkout");
    }
}
