using System.Text.Json;

namespace Berth.Packaging.Build;

/// <summary>The files and directories that a Dockerfile copies by their names, without wildcards.</summary>
internal sealed class DockerfileSources
{
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    private DockerfileSources()
    {
    }

    public static DockerfileSources Parse(string dockerfile)
    {
        var sources = new DockerfileSources();
        foreach (var instruction in Instructions(dockerfile))
        {
            var words = Words(instruction);
            if (words is [var verb, .. var arguments] && verb.ToUpperInvariant() is "COPY" or "ADD")
                sources.Add(arguments);
        }

        return sources;
    }

    /// <summary>Whether the path, below the project and with slashes, is named itself.</summary>
    public bool Names(string path) => _named.Contains(path);

    /// <summary>Whether something below the directory is named.</summary>
    public bool NamesBelow(string directory) => _named.Any(name => name.StartsWith($"{directory}/", StringComparison.Ordinal));

    private void Add(IReadOnlyList<string> arguments)
    {
        // From another image or stage, nothing comes out of the project.
        if (arguments.Any(word => word.StartsWith("--from", StringComparison.Ordinal)))
            return;
        foreach (var source in arguments.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).SkipLast(1))
        {
            var path = string.Join('/', source.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not "."));
            if (path.Length > 0 && !path.AsSpan().ContainsAny("*?[$"))
                _named.Add(path);
        }
    }

    /// <summary>Lines, with those that end in a backslash joined and comments left out.</summary>
    private static IEnumerable<string> Instructions(string dockerfile)
    {
        var instruction = "";
        foreach (var line in dockerfile.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#')))
        {
            instruction += line.TrimEnd('\\') + " ";
            if (line.EndsWith('\\'))
                continue;
            yield return instruction;
            instruction = "";
        }

        yield return instruction;
    }

    /// <summary>The words of an instruction; its arguments may also be a JSON array.</summary>
    private static string[] Words(string instruction)
    {
        var words = instruction.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var array = instruction.IndexOf('[', StringComparison.Ordinal);
        if (words is not [var verb, ..] || array < 0)
            return words;
        try
        {
            using var document = JsonDocument.Parse(instruction[array..]);
            var items = document.RootElement.EnumerateArray().Select(item => item.GetString() ?? "");
            return [verb, .. words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), .. items];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return words;
        }
    }
}
