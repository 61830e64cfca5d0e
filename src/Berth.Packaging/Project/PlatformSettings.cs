using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>The keys of manifest.txt that a build has no use for: the platform reads them when the pak is installed, and fails late.</summary>
internal sealed class PlatformSettings(LocatedJson json, SettingsReader settings, Findings findings)
{
    private const string Labels = "resources/resources.properties";

    private static readonly string[] NeededByBuild =
    [
        "name", "version", "eula_file", "pak_icon", "pak_validation_script", "adapter_pre_script", "adapter_post_script", "adapter_kinds",
    ];

    private static readonly string[] ReadByPlatform =
    [
        "display_name", "description", "vendor", "vcops_minimum_version", "disk_space_required", "run_scripts_on_all_nodes", "platform",
        "adapters", "license_type",
    ];

    private static readonly string[] Platforms = ["Linux Non-VA", "Linux VA", "Windows"];

    public void Check(string directory)
    {
        NoteUnknownAndMissing();
        Placeholders(directory);
        settings.Text("license_type");
        settings.Integer("disk_space_required", smallest: 0);
        if (settings.Text("vcops_minimum_version") is { } version && !IsPlatformVersion(version))
            settings.Problem("vcops_minimum_version", $"is '{Quote.Short(version)}'; a version such as 8.10.0 is expected");
        if (settings.Text("run_scripts_on_all_nodes") is { } run && run is not ("true" or "false"))
            settings.Problem("run_scripts_on_all_nodes", $"""is "{Quote.Short(run)}"; "true" or "false" is expected, as a string""");
        if (settings.Texts("platform") is { } platforms)
            CheckPlatforms(platforms);
        if (settings.Texts("adapters") is { } adapters && adapters is not [Pak.PakReader.AdapterArchive])
            settings.Problem("adapters", $"""is not the one that is expected: ["{Pak.PakReader.AdapterArchive}"]""");
    }

    private void NoteUnknownAndMissing()
    {
        string[] known = [.. NeededByBuild, .. ReadByPlatform];
        foreach (var (key, line) in json.Keys.Where(member => !known.Contains(member.Key, StringComparer.Ordinal)))
        {
            var text = $"'{Quote.Short(key)}' is no key that the platform is known to read{NearestName.Hint(key, known)}";
            findings.Note(json.FileName, line, text);
        }

        foreach (var key in ReadByPlatform.Where(key => !json.TryGet(key, out _, out _)))
            findings.Note($"{json.FileName}: {key} is missing; the platform's own template has it");
    }

    private void CheckPlatforms(IReadOnlyList<string> platforms)
    {
        const string Expected = """["Linux Non-VA", "Linux VA"] is what an appliance takes""";
        if (platforms.Count == 0)
            settings.Problem("platform", $"is empty; {Expected}");
        foreach (var platform in platforms.Where(platform => !Platforms.Contains(platform, StringComparer.Ordinal)))
            settings.Problem("platform", $"names '{Quote.Short(platform)}', which the platform does not know; {Expected}");
    }

    private void Placeholders(string directory)
    {
        PropertiesFile? labels = null;
        foreach (var (key, placeholder) in new[] { ("display_name", "DISPLAY_NAME"), ("description", "DESCRIPTION"), ("vendor", "VENDOR") })
        {
            if (settings.Text(key) is not { } text)
                continue;
            if (text == placeholder && string.IsNullOrWhiteSpace((labels ??= ReadLabels(directory))[placeholder]))
                settings.Problem(key, $"stands for {placeholder} in {Labels}, which has no value for it; add a line {placeholder}=…");
        }
    }

    /// <summary>What is wrong with the file itself is found where all files with labels are checked.</summary>
    private static PropertiesFile ReadLabels(string directory) => File.Exists(Path.Combine(directory, Labels))
        ? PropertiesFile.Read(directory, Labels, new Findings()) ?? PropertiesFile.Empty
        : PropertiesFile.Empty;

    private static bool IsPlatformVersion(string text)
    {
        var parts = text.Split('.');
        return parts.Length is >= 2 and <= 4 && parts.All(part => part.Length is > 0 and <= 9 && part.All(char.IsAsciiDigit));
    }
}
