using Berth.Registry.Collection;

namespace Berth.Server.Configuration;

/// <summary>Makes checked options of the settings that say how the store is looked after.</summary>
internal static class UpkeepOptionsReader
{
    private const int Hour = 3600;
    private const int Day = 24 * Hour;

    public static CollectionOptions Collection(SettingSources settings) => new()
    {
        Interval = settings.Seconds(SettingKeys.CollectionSeconds, 0, 30 * Day, Hour),
        Grace = settings.Seconds(SettingKeys.CollectionGraceSeconds, 1, 30 * Day, Day),
        Trash = settings.Seconds(SettingKeys.CollectionTrashSeconds, 0, 3650 * Day, 7 * Day),
        PulledWithin = TimeSpan.FromDays(settings.Number(SettingKeys.CollectionPulledDays, "days", 0, 3650, 30)),
    };

    public static ScrubOptions Scrub(SettingSources settings) => new()
    {
        Interval = settings.Seconds(SettingKeys.ScrubSeconds, 0, 3650 * Day, 7 * Day),
        MegabytesPerSecond = settings.Number(SettingKeys.ScrubRate, "megabytes", 1, 100_000, 50),
        Peers = [.. settings.FindList(SettingKeys.ScrubPeers).Select(Peer)],
        VerifyWhileServing = settings.Find(SettingKeys.ScrubServing)?.ToLowerInvariant() switch
        {
            null or "false" => false,
            "true" => true,
            var text => throw new ConfigurationException($"{SettingKeys.ScrubServing} is '{text}'; true or false is expected"),
        },
    };

    private static Uri Peer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "", AbsolutePath: "/" }
            ? url
            : throw new ConfigurationException($"the peer '{text}' is not the address of a registry: write https://HOST[:PORT]");
}
