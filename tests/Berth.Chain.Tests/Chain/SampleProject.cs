using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>A copy of the sample management pack, with its adapter as published.</summary>
internal static class SampleProject
{
    private static readonly string Original = Path.Combine(Executables.Checkout, "samples", "HostWatch");

    public static string Connection => Path.Combine(Original, "connections.example.json");

    public static string CopyTo(ScratchDirectory scratch, string name = "project")
    {
        if (!File.Exists(Path.Combine(Original, "bin", "hostwatch")))
            throw new FileNotFoundException("the sample's adapter is missing: run samples/HostWatch/publish.sh");
        var copy = scratch.File(name);
        foreach (var file in Directory.EnumerateFiles(Original, "*", SearchOption.AllDirectories).Where(IsPartOfProject))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    private static bool IsPartOfProject(string file) =>
        Path.GetRelativePath(Original, file).Split('/')[0] is not ("build" or "logs" or "adapter");
}
