using Berth.Registry.Manifests;

namespace Berth.Server.Configuration;

/// <summary>The setting <see cref="SettingKeys.SparseManifests"/> and what it means.</summary>
internal static class SparseSetting
{
    /// <exception cref="ConfigurationException">It is none of the three.</exception>
    public static SparseManifests Parse(string? text) => text?.ToLowerInvariant() switch
    {
        "refuse" => SparseManifests.Refused,
        "indexes" => SparseManifests.Indexes,
        null or "accept" => SparseManifests.Accepted,
        _ => throw new ConfigurationException($"{SettingKeys.SparseManifests} is '{text}'; refuse, indexes or accept is expected"),
    };

    public static string Text(SparseManifests value) => value switch
    {
        SparseManifests.Indexes => "indexes",
        SparseManifests.Accepted => "accept",
        _ => "refuse",
    };
}
