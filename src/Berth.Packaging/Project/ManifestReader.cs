using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>Reads and checks manifest.txt as a whole. What only the platform reads is optional, but of the right type when given.</summary>
internal sealed class ManifestReader
{
    private const int MaxNameLength = 128;

    private static readonly string[] Reserved = [PackManifest.FileName, Pak.PakReader.AdapterArchive, "content", "resources", "conf"];

    private readonly string _directory;
    private readonly SettingsReader _settings;

    private ManifestReader(string directory, SettingsReader settings) => (_directory, _settings) = (directory, settings);

    /// <returns>Null when there is a problem that keeps it from being used.</returns>
    public static PackManifest? Read(string directory, Findings findings)
    {
        if (LocatedJson.Read(directory, PackManifest.FileName, findings) is not { } json)
            return null;
        var settings = new SettingsReader(json, findings, nullIsAbsent: false);
        var manifest = new ManifestReader(directory, settings).Read();
        new PlatformSettings(json, settings, findings).Check(directory);
        return manifest;
    }

    private PackManifest? Read()
    {
        var name = ReadName();
        var version = ReadVersion();
        var kind = ReadAdapterKind();
        var eula = ReadFileName("eula_file", _settings.Require("eula_file", """use "" when there is no licence text""").Text("eula_file"));
        var icon = ReadFileName("pak_icon", _settings.Require("pak_icon", """use "" when there is no icon""").Text("pak_icon"));
        var validation = ReadScript("pak_validation_script");
        var pre = ReadScript("adapter_pre_script");
        var post = ReadScript("adapter_post_script");
        return name is null || version is null || kind is null
            ? null
            : new PackManifest(name, version, kind, eula, icon, validation, pre, post);
    }

    private string? ReadName()
    {
        var name = _settings.Require("name", "the unique id of the pak").Text("name");
        if (name is null || IsName(name))
            return name;
        _settings.Problem("name", $"is '{Quote.Short(name)}'; use letters, digits, '_' and '-' only, at most {MaxNameLength}");
        return null;
    }

    private static bool IsName(string name) =>
        name is not ("" or PackManifest.ToolPrefix) && name.Length <= MaxNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private PackVersion? ReadVersion()
    {
        var text = _settings.Require("version", "three numbers such as 1.0.0").Text("version");
        var version = text is null ? null : PackVersion.TryParse(text);
        if (text is not null && version is null)
            _settings.Problem("version", $"is '{Quote.Short(text)}'; three numbers such as 1.0.0 are expected");
        return version;
    }

    private string? ReadAdapterKind()
    {
        var kinds = _settings.Require("adapter_kinds", "an array with the key of the adapter").Texts("adapter_kinds");
        if (kinds is null)
            return null;
        if (kinds is not [var kind])
            _settings.Problem("adapter_kinds", $"has {kinds.Count} entries; exactly one is expected, the key of the adapter");
        else if (!AdapterKind.IsValid(kind))
            _settings.Problem("adapter_kinds", $"names '{Quote.Short(kind)}'; use letters, digits and '_', not starting with a digit");
        else
            return kind;
        return null;
    }

    private string? ReadScript(string key) =>
        ReadFileName(key, _settings.Require(key, """use {"script": ""} when there is none""").Script(key));

    /// <returns>The name of a file that is there; null when there is none to use.</returns>
    private string? ReadFileName(string key, string? name)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (name is "." or ".." || name.AsSpan().ContainsAny('/', '\\') || name.Any(char.IsControl))
            _settings.Problem(key, $"names '{Quote.Short(name)}'; the file must lie at the root of the project and be named without a path");
        else if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            _settings.Problem(key, $"names '{name}', which has its own place in the pak; rename the file");
        else if (!File.Exists(Path.Combine(_directory, name)))
            _settings.Problem(key, $"names '{Quote.Short(name)}', which is no file at the root of the project{CommandHint(name)}");
        else
            return name;
        return null;
    }

    private static string CommandHint(string name) => name.Contains(' ') ? " (a file name is expected, not a command line)" : "";
}
