using System.Globalization;

namespace Berth.Server.Configuration;

/// <summary>Where settings come from: a JSON file, then the environment, then flags; the later wins.</summary>
internal sealed class SettingSources
{
    private const string EnvironmentPrefix = "BERTH__";

    private readonly IConfigurationRoot _root;

    private SettingSources(IConfigurationRoot root) => _root = root;

    /// <param name="file">Null when there is none.</param>
    /// <param name="flags">By key, null for one that was not given; a list's values have the keys <c>Key:0</c>, <c>Key:1</c> ….</param>
    /// <exception cref="ConfigurationException">The file cannot be read, or there is a setting that is not known.</exception>
    public static SettingSources Open(string? file, IEnumerable<KeyValuePair<string, string?>> flags)
    {
        var builder = new ConfigurationBuilder();
        try
        {
            if (file is not null)
                builder.AddJsonStream(new MemoryStream(File.ReadAllBytes(file)));
            var root = builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(flags.Where(flag => flag.Value is not null)).Build();
            RequireKnown(root.AsEnumerable());
            return new SettingSources(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or System.Text.Json.JsonException)
        {
            throw new ConfigurationException($"the configuration file '{file}' cannot be read: {e.Message}", e);
        }
    }

    public string? Find(string key) => _root[key] is { Length: > 0 } value ? value : null;

    /// <exception cref="ConfigurationException">It is no such number.</exception>
    public int Number(string key, string unit, int least, int most, int otherwise)
    {
        if (Find(key) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ConfigurationException($"{key} is '{text}'; a number of {unit} from {least} to {most} is expected");
    }

    public TimeSpan Seconds(string key, int least, int most, int otherwise) => TimeSpan.FromSeconds(Number(key, "seconds", least, most, otherwise));

    /// <summary>A list as the last source that has it gives it: lists are replaced, not merged. One value may hold several, with semicolons between.</summary>
    public IReadOnlyList<string> FindList(string key)
    {
        foreach (var source in _root.Providers.Reverse())
        {
            if (source.TryGet(key, out var joined) && !string.IsNullOrEmpty(joined))
                return joined.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var values = new List<string>();
            while (source.TryGet($"{key}:{values.Count}", out var value) && value is not null)
                values.Add(value);
            if (values.Count > 0)
                return values;
        }

        return [];
    }

    /// <summary>A misspelt setting must not be ignored in silence.</summary>
    private static void RequireKnown(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var unknown = settings.FirstOrDefault(setting => setting.Value is not null && !SettingKeys.All.Any(key =>
            setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
            || (SettingKeys.Lists.Contains(key) && setting.Key.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)))).Key;
        if (unknown is not null)
            throw new ConfigurationException($"there is no setting '{unknown}'; the settings are {string.Join(", ", SettingKeys.All)}");
    }
}
