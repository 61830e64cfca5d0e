using System.Reflection;

namespace Berth.Packaging.Init;

/// <summary>The project that a new one is a copy of.</summary>
public sealed class ProjectTemplate
{
    private readonly Assembly _assembly;
    private readonly string _prefix;

    private ProjectTemplate(Assembly assembly, string prefix) => (_assembly, _prefix) = (assembly, prefix);

    /// <summary>Paths relative to the project, parts joined by '/', in ordinal order.</summary>
    internal IReadOnlyList<string> Files { get; private init; } = [];

    /// <param name="prefix">What the names of its files begin with among the resources.</param>
    public static ProjectTemplate FromResources(Assembly assembly, string prefix) => new(assembly, prefix)
    {
        Files =
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name[prefix.Length..])
                .Order(StringComparer.Ordinal),
        ],
    };

    internal byte[] Read(string file)
    {
        using var resource = _assembly.GetManifestResourceStream(_prefix + file)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
