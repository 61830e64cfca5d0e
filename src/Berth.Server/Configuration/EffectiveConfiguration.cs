using System.Text;
using System.Text.Json;

namespace Berth.Server.Configuration;

/// <summary>What is in force, in the form of a configuration file.</summary>
internal static class EffectiveConfiguration
{
    public static string ToJson(ServerOptions options)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var section in Values(options).GroupBy(setting => setting.Key.Split(':')[0]))
            {
                json.WriteStartObject(section.Key);
                foreach (var (key, write) in section)
                {
                    json.WritePropertyName(key.Split(':')[1]);
                    write(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static IEnumerable<(string Key, Action<Utf8JsonWriter> Write)> Values(ServerOptions options) =>
    [
        (SettingKeys.Data, json => json.WriteStringValue(options.Data)),
        (SettingKeys.Listen, json => WriteList(json, options.Listen.Select(url => url.ToString()))),
        (SettingKeys.Url, json => json.WriteStringValue(options.Url?.AbsoluteUri)),
        (SettingKeys.TlsCertificate, json => json.WriteStringValue(options.Tls?.Certificate)),
        (SettingKeys.TlsKey, json => json.WriteStringValue(options.Tls?.Key)),
        (SettingKeys.TrustedProxies, json => WriteList(json, options.TrustedProxies.Select(network => network.ToString()))),
        (SettingKeys.ShutdownSeconds, json => json.WriteNumberValue((int)options.ShutdownTimeout.TotalSeconds)),
        (SettingKeys.PrivateRepositories, json => WriteList(json, options.PrivateRepositories.Select(prefix => prefix.ToString()))),
        (SettingKeys.TokenSeconds, json => json.WriteNumberValue((int)options.TokenLifetime.TotalSeconds)),
        (SettingKeys.UploadHours, json => json.WriteNumberValue((int)options.UploadLifetime.TotalHours)),
        (SettingKeys.SparseManifests, json => json.WriteStringValue(SparseSetting.Text(options.SparseManifests))),
        (SettingKeys.CollectionSeconds, json => json.WriteNumberValue((int)options.Collection.Interval.TotalSeconds)),
        (SettingKeys.CollectionGraceSeconds, json => json.WriteNumberValue((int)options.Collection.Grace.TotalSeconds)),
        (SettingKeys.CollectionTrashSeconds, json => json.WriteNumberValue((int)options.Collection.Trash.TotalSeconds)),
        (SettingKeys.CollectionPulledDays, json => json.WriteNumberValue((int)options.Collection.PulledWithin.TotalDays)),
        (SettingKeys.ScrubSeconds, json => json.WriteNumberValue((int)options.Scrub.Interval.TotalSeconds)),
        (SettingKeys.ScrubRate, json => json.WriteNumberValue(options.Scrub.MegabytesPerSecond)),
        (SettingKeys.ScrubPeers, json => WriteList(json, options.Scrub.Peers.Select(peer => peer.AbsoluteUri))),
        (SettingKeys.ScrubServing, json => json.WriteBooleanValue(options.Scrub.VerifyWhileServing)),
        (SettingKeys.BackupOverdueHours, json => json.WriteNumberValue((int)options.BackupOverdue.TotalHours)),
        (SettingKeys.LogFormat, json => json.WriteStringValue(options.LogFormat is LogFormat.Json ? "json" : "line")),
        (SettingKeys.LogLevel, json => json.WriteStringValue(options.LogLevel.ToString().ToLowerInvariant())),
    ];

    private static void WriteList(Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
